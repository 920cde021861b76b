package io.drover.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.PatchProperties.Addresses;
import io.drover.problem.ProblemException;
import io.drover.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Applies what an extension answered to {@code prepare}: all of it or nothing. */
@Component
class VmPatching {
    private static final int MOST_SHOWN = 200;

    private final VmRepository vms;
    private final NicRepository nics;
    private final VmAddressing addressing;
    private final Details details;
    private final SecretBox box;
    private final Holders holders;
    private final PatchProperties properties;
    private final NicsBeforePatch before;
    private final PatchReversal reversal;
    private final History history;

    VmPatching(
            VmRepository vms,
            NicRepository nics,
            VmAddressing addressing,
            Details details,
            SecretBox box,
            Holders holders,
            PatchProperties properties,
            NicsBeforePatch before,
            PatchReversal reversal,
            History history) {
        this.vms = vms;
        this.nics = nics;
        this.addressing = addressing;
        this.details = details;
        this.box = box;
        this.holders = holders;
        this.properties = properties;
        this.before = before;
        this.reversal = reversal;
        this.history = history;
    }

    PatchReport apply(UUID id, JsonNode json, Map<String, String> sent, Set<String> secretDetails, Actor actor) {
        if (!vms.lock(id)) {
            throw ProblemException.notFound("VM", id);
        }
        var findings = new Findings();
        var current = nics.ofVms(List.of(id));
        var patch = new PatchReader(findings, current, sent).read(json);
        var networks = current.stream().map(Nic::networkId).collect(Collectors.toSet());
        var naming = holders.inRecordOf(id, actor);
        var pools = addressing.pools(networks, nic -> !nic.vmId().equals(id), naming);
        List<String> outside = new ArrayList<>();
        var plan = new NicPlan(findings, nics, pools, naming, properties.addresses() == Addresses.ANY ? outside : null);
        var changed = plan.of(current, patch.nics());
        details.check(findings, DetailOwner.INSTANCE, id, patch.details());
        if (!findings.isEmpty()) {
            throw new PatchRefusedException(findings.all());
        }
        before.keep(changed);
        nics.readdress(changed);
        List<String> applied = new ArrayList<>(plan.applied());
        applied.addAll(setPassword(id, patch));
        applied.addAll(mergeDetails(id, patch, secretDetails));
        List<String> noted = new ArrayList<>(outside);
        noted.addAll(patch.ignored());
        record(id, applied, noted, actor);
        return new PatchReport(List.copyOf(applied), List.copyOf(noted));
    }

    /** See {@link Vms#takePatchBack}. */
    boolean takeBack(UUID id) {
        if (!vms.lock(id)) {
            return false;
        }
        var given = reversal.takeBack(id);
        if (!given.isEmpty()) {
            var vm = vms.find(id.toString()).orElseThrow();
            history.append(
                    Actor.SYSTEM, "vm.patch-taken-back", new Subject("vm", id, vm.name()), Map.of("fields", given));
        }
        return !given.isEmpty();
    }

    private List<String> setPassword(UUID id, VmPatch patch) {
        var password = patch.vncPassword();
        if (password == null
                || vms.sealedVncPassword(id)
                        .map(box::open)
                        .filter(password::equals)
                        .isPresent()) {
            return List.of();
        }
        vms.setVncPassword(id, box.seal(password));
        return List.of("/vncPassword: set");
    }

    private List<String> mergeDetails(UUID id, VmPatch patch, Set<String> secretDetails) {
        var before = details.of(DetailOwner.INSTANCE, id);
        details.merge(DetailOwner.INSTANCE, id, patch.details(), secretDetails);
        var after = details.masked(DetailOwner.INSTANCE, id);
        List<String> applied = new ArrayList<>();
        patch.details().forEach((name, value) -> {
            var shown = after.getOrDefault(name, "");
            boolean kept = SecretNames.MASK.equals(shown) && SecretNames.MASK.equals(value);
            if (!kept && !String.valueOf(value).equals(before.get(name))) {
                applied.add(DetailRules.pointer(name) + ": set to " + Cut.to(MOST_SHOWN, shown));
            }
        });
        return applied;
    }

    private void record(UUID id, List<String> applied, List<String> ignored, Actor actor) {
        if (!applied.isEmpty()) {
            var vm = vms.find(id.toString()).orElseThrow();
            history.append(
                    actor,
                    "vm.patched",
                    new Subject("vm", id, vm.name()),
                    Map.of("applied", applied, "ignored", ignored.size()));
        }
    }
}
