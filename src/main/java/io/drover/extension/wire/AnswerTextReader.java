package io.drover.extension.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells an answer in JSON from plain text. Text counts as success, so what may be an error told in JSON is never taken for text:
 * not behind a byte order mark or a line of a log, not in a second object, and not where it is cut short.
 */
final class AnswerTextReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What may stand before JSON unseen: marks, control characters, colours of a terminal, bytes that are no UTF-8. */
    private static final Pattern NOISE = Pattern.compile("^(?:\\x1b\\[[0-9;]*[A-Za-z]|[\\s\\p{Cntrl}\\uFEFF\\uFFFD])+");

    private static final Pattern BEGINS_LIKE_JSON = Pattern.compile("^(?:\\{|\\[\\s*[\\[{\"]|\"\\s*\\\\?\\{)");
    private static final Pattern TELLS_A_STATUS =
            Pattern.compile("['\"]?\\b(?:status|success|errors?)\\b\\\\?['\"]?\\s*:", Pattern.CASE_INSENSITIVE);

    /** So many objects of an output are looked at, the last ones; each may be as long as all that follows it. */
    private static final int MOST_LOOKED_AT = 200;

    private static final Pattern LINE_WITH_OBJECT =
            Pattern.compile("(?m)^(?:\\x1b\\[[0-9;]*[A-Za-z]|[ \\t\\uFEFF\\uFFFD\\p{Cntrl}&&[^\\n]])*+\\{");

    private final ObjectReader one;
    private final ObjectReader first;
    private final JsonAnswer json;

    AnswerTextReader(ObjectMapper mapper, JsonAnswer json) {
        this.first = ExactJson.reader(mapper)
                .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.one = first.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.json = json;
    }

    /** The text without the byte order marks and blanks around it. */
    static String trimmed(String printed) {
        var text = printed.strip();
        while (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1).strip();
        }
        return text;
    }

    /** An object that was read before, once more and with the numbers among its details as they were written. */
    JsonNode withDetailsAsWritten(String printed) {
        try (var parser = new DetailsAsWritten(first.createParser(trimmed(printed)))) {
            return first.readTree(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all that was printed. */
    AnswerText read(String printed) {
        var text = trimmed(printed);
        var whole = parsed(one, text);
        if (whole != null && whole.isObject()) {
            return new AnswerText.Said(whole);
        }
        if (whole != null && whole.isArray()) {
            return array(text, whole);
        }
        var values = values(text);
        if (values != null) {
            return sequence(text, values);
        }
        return beginsLikeJson(text) && isGarbledAtOnce(text)
                ? new AnswerText.Garbled(last(objects(text)))
                : amongLines(text);
    }

    /** Whether the text is meant as JSON by its first characters. */
    static boolean beginsLikeJson(String text) {
        var bare = NOISE.matcher(text).replaceFirst("");
        return BEGINS_LIKE_JSON.matcher(bare).find();
    }

    /** Whether the first value is none, or something like another stands on the line that it ends in. */
    private boolean isGarbledAtOnce(String text) {
        if (parsed(first, text) == null) {
            return true;
        }
        try (var parser = first.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            var rest = text.substring((int) parser.currentLocation().getCharOffset());
            return TELLS_A_STATUS.matcher(rest.lines().findFirst().orElse("")).find();
        } catch (IOException e) {
            return true;
        }
    }

    private AnswerText array(String text, JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream().anyMatch(this::tellsError)
                ? new AnswerText.Garbled(last(elements))
                : new AnswerText.Plain(text);
    }

    private AnswerText sequence(String text, List<JsonNode> values) {
        if (values.stream().anyMatch(this::tellsError)) {
            return new AnswerText.Garbled(last(values));
        }
        return values.stream().anyMatch(json::tellsStatus) ? new AnswerText.Mixed() : new AnswerText.Plain(text);
    }

    private AnswerText amongLines(String text) {
        var objects = objects(text);
        if (objects.stream().anyMatch(this::tellsError) || hasBrokenObject(text)) {
            return new AnswerText.Garbled(last(objects));
        }
        return objects.stream().anyMatch(json::tellsStatus) ? new AnswerText.Mixed() : new AnswerText.Plain(text);
    }

    private boolean tellsError(JsonNode value) {
        return value.isObject() && json.tellsStatus(value) && json.saysError(value);
    }

    private @Nullable JsonNode last(List<JsonNode> values) {
        return values.stream().filter(json::tellsStatus).reduce((a, b) -> b).orElse(null);
    }

    /** The objects that begin at the beginning of a line, which may go over several lines. */
    private List<JsonNode> objects(String text) {
        List<JsonNode> objects = new ArrayList<>();
        for (int at : starts(text)) {
            var value = parsed(first, text.substring(at));
            if (value != null && value.isObject()) {
                objects.add(value);
            }
        }
        return objects;
    }

    private boolean hasBrokenObject(String text) {
        return starts(text).stream()
                .map(text::substring)
                .filter(rest -> parsed(first, rest) == null)
                .anyMatch(rest -> TELLS_A_STATUS.matcher(rest).find());
    }

    /** Where lines begin with an object; only so many are looked at, the last ones. */
    private static List<Integer> starts(String text) {
        List<Integer> starts = new ArrayList<>();
        var line = LINE_WITH_OBJECT.matcher(text);
        while (line.find()) {
            starts.add(line.end() - 1);
        }
        return starts.size() <= MOST_LOOKED_AT ? starts : starts.subList(starts.size() - MOST_LOOKED_AT, starts.size());
    }

    /** The text as JSON values one after the other; null when it is not. */
    private @Nullable List<JsonNode> values(String text) {
        if (!beginsLikeJson(text)) {
            return null;
        }
        List<JsonNode> values = new ArrayList<>();
        try (var all = first.forType(JsonNode.class).<JsonNode>readValues(text)) {
            while (all.hasNextValue()) {
                values.add(all.nextValue());
            }
            return values.stream().allMatch(JsonNode::isObject) ? values : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable JsonNode parsed(ObjectReader reader, String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return null;
        }
        try {
            return reader.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
