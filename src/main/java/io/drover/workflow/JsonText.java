package io.drover.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.variable.serializer.PrimitiveValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.impl.type.PrimitiveValueTypeImpl;
import org.camunda.bpm.engine.variable.impl.value.PrimitiveTypeValueImpl;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Variables of the type {@code Json}, which clients of the engine send for whatever has a structure. They are kept as the text
 * that was sent, of any length; nothing is made of them here.
 */
final class JsonText extends PrimitiveTypeValueImpl<String> {
    private static final long serialVersionUID = 1;
    private static final Type TYPE = new Type();
    private static final ObjectMapper READER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText(@Nullable String text, boolean passing) {
        super(text, TYPE);
        setTransient(passing);
    }

    /** Makes the type known to an engine that has not been built yet. */
    static void addTo(ProcessEngineConfigurationImpl engine) {
        engine.getValueTypeResolver().addType(TYPE);
    }

    /** What writes such variables to the database and reads them again. */
    static Serializer serializer() {
        return new Serializer();
    }

    private static final class Type extends PrimitiveValueTypeImpl {
        private static final long serialVersionUID = 1;

        Type() {
            super("json", String.class);
        }

        /** @throws BadUserRequestException when the value is no JSON text */
        @Override
        public TypedValue createValue(@Nullable Object value, @Nullable Map<String, Object> info) {
            if (value != null) {
                check(String.valueOf(value));
            }
            return new JsonText((String) value, Boolean.TRUE.equals(isTransient(info)));
        }

        private static void check(String text) {
            try {
                if (READER.readTree(text).isMissingNode()) {
                    throw new BadUserRequestException("A variable of type Json is empty; it must be a text of JSON");
                }
            } catch (JsonProcessingException e) {
                throw new BadUserRequestException("A variable of type Json is no JSON: " + e.getOriginalMessage(), e);
            }
        }
    }

    /** As bytes, since a text in the database may have no more than 4000 characters. */
    static final class Serializer extends PrimitiveValueSerializer<JsonText> {
        private Serializer() {
            super(TYPE);
        }

        @Override
        public JsonText readValue(ValueFields fields, boolean passing) {
            var bytes = fields.getByteArrayValue();
            return new JsonText(bytes == null ? null : new String(bytes, StandardCharsets.UTF_8), passing);
        }

        @Override
        public void writeValue(JsonText value, ValueFields fields) {
            var text = value.getValue();
            fields.setByteArrayValue(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public JsonText convertToTypedValue(UntypedValueImpl untyped) {
            throw new IllegalStateException("A text without a type is a String");
        }

        @Override
        protected boolean canWriteValue(TypedValue value) {
            return value instanceof JsonText;
        }
    }
}
