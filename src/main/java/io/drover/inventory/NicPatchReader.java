package io.drover.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code nics} of a patch and finds the NIC that each element means: by {@code nicUuid}, else by {@code uuid},
 * which on the wire is the network's id, else by its place when there are as many elements as NICs. What means no NIC of this
 * VM is noted, as CloudStack skips it.
 */
final class NicPatchReader {
    private static final Set<String> TAKEN = Set.of("mac", "ip", "ip6address");
    private static final Set<String> KEYS = Set.of("nicUuid", "uuid");
    private static final int MOST_NAMED = 50;
    private static final int NO_PLACE = -1;

    private final Findings findings;
    private final List<Nic> nics;
    private final Set<UUID> seen = new HashSet<>();
    private final Set<String> otherFields = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    NicPatchReader(Findings findings, List<Nic> nics) {
        this.findings = findings;
        this.nics = nics;
    }

    List<VmPatch.NicChange> read(JsonNode array) {
        List<VmPatch.NicChange> changes = new ArrayList<>();
        if (!array.isArray()) {
            findings.add("/nics", "must be an array of objects", PatchReader.kind(array));
            return changes;
        }
        for (int i = 0; i < array.size(); i++) {
            var pointer = "/nics/" + i;
            var element = array.get(i);
            if (!element.isObject()) {
                findings.add(pointer, "must be an object", PatchReader.kind(element));
                continue;
            }
            match(pointer, element, i, array.size()).ifPresent(nic -> changes.add(change(pointer, element, nic)));
        }
        return changes;
    }

    /** What is not taken, in few lines however many NICs there are. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        if (!otherFields.isEmpty()) {
            var named = otherFields.stream()
                    .limit(MOST_NAMED)
                    .map(PatchReader::shown)
                    .toList();
            var more = otherFields.size() > MOST_NAMED ? " and " + (otherFields.size() - MOST_NAMED) + " more" : "";
            all.add("/nics: " + String.join(", ", named) + more + " ignored: only mac, ip and ip6address are taken");
        }
        return all;
    }

    private Optional<Nic> match(String pointer, JsonNode element, int place, int count) {
        Optional<Nic> nic;
        if (PatchReader.given(element.get("nicUuid"))) {
            nic = byId(pointer + "/nicUuid", element.get("nicUuid").asText());
        } else if (PatchReader.given(element.get("uuid"))) {
            nic = byNetwork(pointer + "/uuid", element.get("uuid").asText(), count == nics.size() ? place : NO_PLACE);
        } else if (count == nics.size()) {
            nic = Optional.of(nics.get(place));
        } else {
            notes.add(pointer + " ignored: it has neither nicUuid nor uuid (the network's id), and there are " + count
                    + " elements for " + nics.size() + " NICs");
            nic = Optional.empty();
        }
        return nic.filter(found -> {
            boolean first = seen.add(found.id());
            if (!first) {
                findings.add(pointer, "means a NIC that an earlier element means already", found.id());
            }
            return first;
        });
    }

    private Optional<Nic> byId(String pointer, String id) {
        var found = nics.stream()
                .filter(nic -> nic.id().toString().equalsIgnoreCase(id))
                .findFirst();
        if (found.isEmpty()) {
            notes.add(pointer + " ignored: no NIC of this VM has the id " + PatchReader.shown(id));
        }
        return found;
    }

    /** @param place the element's place when the whole array was answered, which tells NICs of one network apart */
    private Optional<Nic> byNetwork(String pointer, String id, int place) {
        var found = nics.stream()
                .filter(nic -> nic.networkId().toString().equalsIgnoreCase(id))
                .toList();
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        if (found.isEmpty()) {
            notes.add(pointer + " ignored: no NIC of this VM is in a network with the id " + PatchReader.shown(id));
            return Optional.empty();
        }
        if (place != NO_PLACE && found.contains(nics.get(place))) {
            return Optional.of(nics.get(place));
        }
        findings.add(
                pointer,
                "is ambiguous: " + found.size() + " NICs of this VM are in that network; use nicUuid, or answer all "
                        + nics.size() + " NICs in their order",
                id);
        return Optional.empty();
    }

    private VmPatch.NicChange change(String pointer, JsonNode element, Nic nic) {
        element.fieldNames().forEachRemaining(field -> {
            if (!TAKEN.contains(field) && !KEYS.contains(field)) {
                otherFields.add(field);
            }
        });
        return new VmPatch.NicChange(
                pointer,
                nic,
                text(pointer, element, "mac"),
                text(pointer, element, "ip"),
                text(pointer, element, "ip6address"));
    }

    private @Nullable String text(String pointer, JsonNode element, String field) {
        var node = element.get(field);
        if (node == null) {
            return null;
        }
        if (node.isNull() || node.isTextual() && node.textValue().isBlank()) {
            notes.add(pointer + "/" + field + " ignored: " + (node.isNull() ? "null" : "an empty text")
                    + " changes nothing");
            return null;
        }
        if (!node.isTextual()) {
            findings.add(pointer + "/" + field, "must be a text", node.isValueNode() ? node.asText() : "");
            return null;
        }
        return node.textValue();
    }
}
