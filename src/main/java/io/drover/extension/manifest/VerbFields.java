package io.drover.extension.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a manifest says of verbs. */
final class VerbFields {
    private final ManifestFields fields;

    VerbFields(ManifestFields fields) {
        this.fields = fields;
    }

    /** The verbs that the extension supports. */
    Set<String> supported(boolean prepare) {
        var verbs = in("verbs");
        if (fields.any("verbs") == null) {
            return ExtensionManifest.usualVerbs(prepare);
        }
        Set<String> missing = new TreeSet<>(ExtensionManifest.USUAL_VERBS);
        missing.removeAll(verbs);
        if (!missing.isEmpty()) {
            fields.refuse("/verbs", "lacks " + missing + "; every extension supports these", null);
        }
        if (prepare != verbs.contains(ExtensionManifest.PREPARE)) {
            fields.refuse("/verbs", "must have prepare exactly if the field prepare is true", prepare);
        }
        return verbs;
    }

    /** A list of verbs. */
    Set<String> in(String field) {
        Set<String> verbs = new LinkedHashSet<>();
        int i = 0;
        for (var name : fields.names(field, "verb")) {
            if (ExtensionManifest.VERBS.contains(name)) {
                verbs.add(name);
            } else {
                fields.refuse(
                        "/" + field + "/" + i,
                        "is not a verb; must be one of " + new TreeSet<>(ExtensionManifest.VERBS),
                        name);
            }
            i++;
        }
        return verbs;
    }

    Map<String, String> wireNames() {
        Map<String, String> names = new HashMap<>();
        fields.mapping("wireNames").forEach((verb, value) -> {
            var pointer = "/wireNames/" + verb;
            if (!verb.equals(ExtensionManifest.DEPLOY)) {
                fields.refuse(pointer, "has a fixed name; only deploy can be named", verb);
            } else if (!Set.of(ExtensionManifest.CREATE, ExtensionManifest.DEPLOY)
                    .contains(value.asText())) {
                fields.refuse(pointer, "must be create or deploy", ManifestFields.shown(value));
            } else {
                names.put(verb, value.asText());
            }
        });
        return names;
    }

    /** Seconds for verbs, or for all of them under {@code default}. */
    Map<String, Integer> timeouts(String field) {
        var known = new HashSet<>(ExtensionManifest.VERBS);
        known.add(ExtensionManifest.DEFAULT);
        Map<String, Integer> seconds = new HashMap<>();
        fields.mapping(field).forEach((verb, value) -> {
            var pointer = "/" + field + "/" + verb;
            if (!known.contains(verb)) {
                fields.refuse(
                        pointer,
                        "is not a verb; must be default or one of " + new TreeSet<>(ExtensionManifest.VERBS),
                        verb);
                return;
            }
            var given = fields.seconds(pointer, value);
            if (given != null) {
                seconds.put(verb, given);
            }
        });
        return seconds;
    }
}
