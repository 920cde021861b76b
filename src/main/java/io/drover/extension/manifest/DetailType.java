package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import io.drover.problem.Names;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What kind of text a detail of the configuration is; all details travel as text. */
public enum DetailType {
    STRING("text", value -> true),
    INTEGER("a whole number", DetailType::isInteger),
    DECIMAL("a number", DetailType::isDecimal),
    BOOLEAN("true or false", value -> List.of("true", "false").contains(value)),
    URL("a URL with a scheme and a host, e.g. https://host:8006", DetailType::isUrl),
    UUID("a UUID", Names::isId),
    EMAIL("an e-mail address", DetailType::isEmail),
    PASSWORD("text that is not blank", value -> !value.isBlank()),
    PATH("a path", value -> !value.isEmpty()),
    WINDOWS_PATH("a full Windows path", value -> !value.isEmpty());

    private static final Pattern EMAIL_ADDRESS = Pattern.compile("[\\w.+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private final String description;
    private final Predicate<String> rule;

    DetailType(String description, Predicate<String> rule) {
        this.description = description;
        this.rule = rule;
    }

    /** The name in manifests, e.g. {@code integer}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a value must be, in words that follow {@code must be}. */
    public String description() {
        return description;
    }

    /** Whether a value is of this type. */
    public boolean accepts(String value) {
        return rule.test(value);
    }

    /** The type of this name in manifests. */
    static Optional<DetailType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return wireName();
    }

    private static boolean isInteger(String value) {
        try {
            return value.length() <= 40 && new BigInteger(value) != null;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDecimal(String value) {
        try {
            return value.length() <= 40 && new BigDecimal(value) != null;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isUrl(String value) {
        try {
            var url = new URI(value);
            return url.getScheme() != null && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isEmail(String value) {
        return value.length() <= 254 && EMAIL_ADDRESS.matcher(value).matches();
    }
}
