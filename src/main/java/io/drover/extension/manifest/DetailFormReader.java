package io.drover.extension.manifest;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest says a value of a detail must look like. */
final class DetailFormReader {
    static final Set<String> FIELDS = Set.of(
            "pattern",
            "min",
            "max",
            "below",
            "relative",
            "schemes",
            "userinfo",
            "query",
            "hostless",
            "paths",
            "directs");

    private static final int LONGEST_PATTERN = 500;
    private static final Pattern PLACE = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Set<DetailType> TEXTS = EnumSet.of(DetailType.STRING, DetailType.PASSWORD);
    private static final Set<DetailType> PATHS = EnumSet.of(DetailType.PATH, DetailType.WINDOWS_PATH);
    private static final Set<DetailType> URLS = EnumSet.of(DetailType.URL);

    /** Which types a field goes with; those that are missing go with all. */
    private static final Map<String, Set<DetailType>> TYPES = Map.of(
            "pattern", TEXTS,
            "min", EnumSet.of(DetailType.INTEGER),
            "max", EnumSet.of(DetailType.INTEGER),
            "below", PATHS,
            "relative", EnumSet.of(DetailType.PATH),
            "schemes", URLS,
            "userinfo", URLS,
            "query", URLS,
            "hostless", URLS,
            "paths", URLS);

    private final ManifestFields fields;

    DetailFormReader(ManifestFields fields) {
        this.fields = fields;
    }

    DetailForm read(DetailType type) {
        TYPES.forEach((name, types) -> {
            if (fields.any(name) != null && !types.contains(type)) {
                fields.refuse("/" + name, "does not go with the type " + type, null);
            }
        });
        var url = new UrlForm(
                fields.texts("schemes"),
                fields.flag("userinfo", false),
                fields.texts("query"),
                fields.flag("hostless", false),
                fields.texts("paths"));
        return new DetailForm(
                pattern(),
                number("min"),
                number("max"),
                below(),
                fields.flag("relative", false),
                type == DetailType.URL ? url : null);
    }

    /** The secrets whose way the detail decides; null when the manifest does not say. */
    @Nullable
    List<String> directs() {
        return fields.any("directs") == null ? null : List.copyOf(fields.names("directs", "detail"));
    }

    private @Nullable String pattern() {
        var pattern = fields.text("pattern", LONGEST_PATTERN);
        try {
            return pattern == null ? null : Pattern.compile(pattern).pattern();
        } catch (PatternSyntaxException e) {
            fields.refuse("/pattern", "is not a regular expression: " + e.getDescription(), pattern);
            return null;
        }
    }

    private @Nullable Long number(String name) {
        var node = fields.any(name);
        if (node != null && !node.isIntegralNumber()) {
            fields.refuse("/" + name, "must be a whole number", ManifestFields.shown(node));
        }
        return node == null || !node.canConvertToLong() ? null : node.longValue();
    }

    private List<String> below() {
        var below = fields.texts("below");
        for (int i = 0; i < below.size(); i++) {
            if (!PLACE.matcher(below.get(i)).matches()) {
                fields.refuse(
                        "/below/" + i,
                        "must be a name of allowed directories: small letters, digits and '-'",
                        below.get(i));
            }
        }
        return below;
    }
}
