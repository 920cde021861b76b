package io.drover.workflow;

import io.drover.text.Cut;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.BytesValue;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** What somebody sends along when they answer a task, in the form in which it is told. */
final class GivenAnswer {
    private static final String COMMENT = "comment";
    private static final int LONGEST = 500;
    private static final int MOST = 12;

    private GivenAnswer() {}

    /** By variable: texts shortened, of files their names. */
    static Map<String, Object> told(@Nullable Map<String, Object> variables) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (variables != null) {
            variables.keySet().stream()
                    .sorted()
                    .limit(MOST)
                    .forEach(name -> told.put(cut(name), told(value(variables, name))));
            if (variables.size() > MOST) {
                told.put("…", "and " + (variables.size() - MOST) + " more");
            }
        }
        return told;
    }

    /** A variable of that name is what the person says, at doors that have no other place for it. */
    static @Nullable String comment(@Nullable Map<String, Object> variables) {
        var value = variables == null ? null : value(variables, COMMENT);
        var plain = value instanceof TypedValue typed ? typed.getValue() : value;
        return plain instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    private static @Nullable Object value(Map<String, Object> variables, String name) {
        return variables instanceof VariableMap map ? map.getValueTyped(name) : variables.get(name);
    }

    private static @Nullable Object told(@Nullable Object value) {
        if (value instanceof FileValue file) {
            return "file " + cut(String.valueOf(file.getFilename()));
        }
        if (value instanceof BytesValue bytes) {
            return (bytes.getValue() == null ? 0 : bytes.getValue().length) + " bytes";
        }
        var plain = value instanceof TypedValue typed ? typed.getValue() : value;
        if (plain == null || plain instanceof Boolean || plain instanceof Number) {
            return plain;
        }
        return plain instanceof Date date
                ? Instant.ofEpochMilli(date.getTime()).toString()
                : cut(String.valueOf(plain));
    }

    private static String cut(String text) {
        return Cut.to(LONGEST, text);
    }
}
