package io.drover.problem.web;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * All wrong types and unknown fields of a JSON body, where Jackson stops at the first: what was refused is taken out, and the
 * rest is read again until nothing is refused any more.
 */
@Component
class EveryFault {
    /** Each costs a reading of the body. */
    private static final int MOST = 50;

    private final ObjectMapper mapper;

    EveryFault(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ProblemException refusal(HttpMessageNotReadableException ex) {
        try {
            return ex.getCause() instanceof JsonMappingException first
                            && ex.getHttpInputMessage() instanceof KeptBody body
                    ? refusal(first, body)
                    : UnreadableJson.refusal(ex.getCause());
        } catch (JsonProcessingException syntax) {
            return UnreadableJson.refusal(syntax);
        } catch (IOException e) {
            return UnreadableJson.refusal(ex.getCause());
        }
    }

    private ProblemException refusal(JsonMappingException first, KeptBody body) throws IOException {
        var tree = mapper.readTree(body.bytes());
        var reader = mapper.readerFor(mapper.constructType(body.type()));
        List<Violation> violations = new ArrayList<>();
        for (var fault = first; fault != null; fault = next(reader, tree)) {
            if (violations.size() >= MOST) {
                violations.add(new Violation("", "has more faults than these " + violations.size(), null));
                break;
            }
            var refusal = UnreadableJson.refusal(fault);
            var pointer = JsonPointer.compile(UnreadableJson.pointer(fault));
            var refused = tree.at(pointer);
            boolean rest = !refusal.violations().isEmpty() && takeOut(tree, pointer);
            if (!rest && !violations.isEmpty()) {
                break;
            }
            refusal.violations().forEach(violation -> violations.add(described(violation, refused)));
            if (!rest) {
                return violations.isEmpty() ? refusal : ProblemException.invalid(violations);
            }
        }
        return ProblemException.invalid(violations);
    }

    private @Nullable JsonMappingException next(ObjectReader reader, JsonNode tree) throws IOException {
        try {
            reader.readValue(mapper.treeAsTokens(tree));
            return null;
        } catch (JsonMappingException fault) {
            return fault;
        }
    }

    /** Whether there was something to take out; what is left keeps its places. */
    private static boolean takeOut(JsonNode tree, JsonPointer pointer) {
        if (pointer.matches()) {
            return false;
        }
        var parent = tree.at(pointer.head());
        var step = pointer.last();
        if (parent instanceof ObjectNode object) {
            return object.remove(step.getMatchingProperty()) != null;
        }
        return parent instanceof ArrayNode array
                && array.hasNonNull(step.getMatchingIndex())
                && array.set(step.getMatchingIndex(), array.nullNode()) != null;
    }

    /** What is no scalar is named, not sent back. */
    private static Violation described(Violation violation, JsonNode refused) {
        if (refused.isValueNode() && !refused.isNull() || !violation.message().startsWith("must be")) {
            return violation;
        }
        var given = refused.isObject() ? "an object" : refused.isArray() ? "an array" : "null";
        return refused.isMissingNode()
                ? violation
                : new Violation(violation.pointer(), violation.message() + ", not " + given, null);
    }
}
