package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.wire.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks an extension to prepare a VM, where it wants to, and applies what it answers as a server would. */
final class Prepared {
    private static final Set<String> KNOWN =
            Set.of("vncPassword", "details", "nics", "status", "success", "message", "result", "error");
    private static final List<String> ADDRESSES = List.of("mac", "ip", "ip6address");

    private final ExtensionManifest manifest;
    private final Findings findings;

    Prepared(ExtensionManifest manifest, Findings findings) {
        this.manifest = manifest;
        this.findings = findings;
    }

    /** Does nothing where the extension does not want it. */
    void prepare(Scenario life, Check check) {
        if (!manifest.supports("prepare")) {
            return;
        }
        var step = life.ask("prepare", life.payload("prepare"));
        if (life.succeeded(check, step) && step.outcome() instanceof Outcome.Succeeded succeeded) {
            apply(succeeded.body(), life.vm(), step.call(), check);
        }
    }

    private void apply(@Nullable JsonNode patch, TestVm vm, Call call, Check check) {
        if (patch == null) {
            return;
        }
        List<String> ignored = new ArrayList<>();
        patch.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                ignored.add(name);
            }
        });
        if (!ignored.isEmpty()) {
            findings.warn(check, "Drover ignores these fields of prepare's answer: " + ignored, call);
        }
        if (patch.path("vncPassword").isTextual()) {
            vm.vncPassword(patch.path("vncPassword").asText());
        }
        patch.path("details").properties().forEach(detail -> {
            if (detail.getValue().isValueNode() && !detail.getValue().isNull()) {
                vm.kept().put(detail.getKey(), detail.getValue().asText());
            }
        });
        nics(patch.path("nics"), vm, call, check);
    }

    private void nics(JsonNode elements, TestVm vm, Call call, Check check) {
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var nic = nic(element, i, elements.size(), vm);
            if (nic == null) {
                findings.fail(check, "nics/" + i + " of prepare's answer names no NIC of the VM: " + element, call);
            } else {
                ADDRESSES.stream()
                        .filter(name -> element.path(name).isTextual())
                        .forEach(name -> nic.put(name, element.path(name).asText()));
            }
        }
    }

    /** By its own id, else by its network's, else by its place where the answer has an element for each NIC. */
    private static @Nullable ObjectNode nic(JsonNode element, int place, int elements, TestVm vm) {
        for (var key : List.of("nicUuid", "uuid")) {
            if (element.path(key).isTextual()) {
                return vm.nics().stream()
                        .filter(nic ->
                                nic.get(key).asText().equals(element.get(key).asText()))
                        .findFirst()
                        .orElse(null);
            }
        }
        return elements == vm.nics().size() ? vm.nics().get(place) : null;
    }
}
