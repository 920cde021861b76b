package io.drover.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an extension's patch on a VM: takes the fields that may change, notes the rest, finds what is of a wrong type. */
final class PatchReader {
    private static final Pattern VNC_PASSWORD = Pattern.compile("[\\x20-\\x7e]{1,8}");
    private static final int MOST_NOTES = 100;
    private static final int MOST_IN_KEY = 100;

    private final Findings findings;
    private final NicPatchReader nicReader;
    private final List<String> ignored = new ArrayList<>();
    private int notNoted;

    PatchReader(Findings findings, List<Nic> nics) {
        this.findings = findings;
        this.nicReader = new NicPatchReader(findings, nics);
    }

    VmPatch read(JsonNode patch) {
        if (!patch.isObject()) {
            findings.add("", "must be a JSON object", kind(patch));
            return new VmPatch(null, Map.of(), List.of(), List.of());
        }
        patch.fieldNames().forEachRemaining(key -> {
            switch (key) {
                case "vncPassword", "details", "nics" -> noteNull(key, patch.get(key));
                default -> note("/" + shown(key) + " ignored: only vncPassword, nics and details are taken");
            }
        });
        var password = password(patch.get("vncPassword"));
        var details = details(patch.get("details"));
        var nics = given(patch.get("nics")) ? nicReader.read(patch.get("nics")) : List.<VmPatch.NicChange>of();
        nicReader.notes().forEach(this::note);
        if (notNoted > 0) {
            ignored.add(notNoted + " more ignored");
        }
        return new VmPatch(password, details, nics, ignored);
    }

    private @Nullable String password(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual() || !VNC_PASSWORD.matcher(node.textValue()).matches()) {
            findings.add("/vncPassword", "must be a text of 1 to 8 printable ASCII characters", null);
            return null;
        }
        return node.textValue();
    }

    private Map<String, @Nullable String> details(@Nullable JsonNode node) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        if (node == null || node.isNull()) {
            return details;
        }
        if (!node.isObject()) {
            findings.add("/details", "must be an object of texts, numbers and booleans", kind(node));
            return details;
        }
        node.fields().forEachRemaining(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                details.put(field.getKey(), field.getValue().asText());
            } else {
                findings.add(
                        DetailRules.pointer(field.getKey()),
                        "must be a text, a number or a boolean",
                        kind(field.getValue()));
            }
        });
        return details;
    }

    private void noteNull(String key, @Nullable JsonNode value) {
        if (!given(value)) {
            note("/" + key + " ignored: null changes nothing");
        }
    }

    private void note(String note) {
        if (ignored.size() < MOST_NOTES) {
            ignored.add(note);
        } else {
            notNoted++;
        }
    }

    /** What may be said of a value that might be a secret. */
    static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    static String shown(String key) {
        var cut = key.length() > MOST_IN_KEY ? key.substring(0, MOST_IN_KEY) + "…" : key;
        return cut.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}", "?");
    }

    static boolean given(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !node.isMissingNode();
    }
}
