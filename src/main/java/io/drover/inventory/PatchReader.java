package io.drover.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.text.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an extension's patch on a VM: takes the fields that may change, notes the rest, finds what is of a wrong type. */
final class PatchReader {
    private static final int LONGEST_PASSWORD = 255;

    /** Drover's own mark on the wire for a VM that is to be created (contract 2.4). */
    private static final String TO_BE_CREATED = "deployvm";

    private static final int MOST_NOTES = 100;
    private static final int MOST_IN_KEY = 100;

    private final Findings findings;
    private final Map<String, String> sent;
    private final NicPatchReader nicReader;
    private final List<String> ignored = new ArrayList<>();
    private int notNoted;

    /** @param sent the details that prepare was given: answering them back changes nothing */
    PatchReader(Findings findings, List<Nic> nics, Map<String, String> sent) {
        this.findings = findings;
        this.sent = sent;
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
        if (node.isTextual() && node.textValue().isEmpty()) {
            note("/vncPassword ignored: an empty text changes nothing");
            return null;
        }
        if (!node.isTextual() || !isPassword(node.textValue())) {
            findings.add(
                    "/vncPassword",
                    "must be a text of 1 to " + LONGEST_PASSWORD + " characters without control characters",
                    null);
            return null;
        }
        return node.textValue();
    }

    private static boolean isPassword(String text) {
        return text.length() <= LONGEST_PASSWORD && text.codePoints().noneMatch(Character::isISOControl);
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
        node.properties().forEach(field -> detail(details, field.getKey(), field.getValue()));
        return details;
    }

    private void detail(Map<String, @Nullable String> details, String name, JsonNode value) {
        var pointer = DetailRules.pointer(name);
        if (value.isNull()) {
            note(shown(pointer, "null changes nothing"));
        } else if (!value.isValueNode()) {
            findings.add(pointer, "must be a text, a number or a boolean", kind(value));
        } else if (!value.asText().equals(sent.get(name))) {
            if (name.equals(TO_BE_CREATED)) {
                note(shown(pointer, "Drover itself knows whether the VM has been created"));
            } else {
                details.put(name, value.asText());
            }
        }
    }

    private static String shown(String pointer, String why) {
        var cut = Cut.to(MOST_IN_KEY, Cut.clean(pointer));
        return cut.replaceAll("\\p{Cntrl}", "?") + " ignored: " + why;
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
        var cut = Cut.to(MOST_IN_KEY, Cut.clean(key));
        return cut.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}", "?");
    }

    static boolean given(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !node.isMissingNode();
    }
}
