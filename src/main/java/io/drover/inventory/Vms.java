package io.drover.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.access.SecretBox;
import io.drover.history.History;
import io.drover.history.KnownVms;
import io.drover.history.Subject;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import io.drover.text.Cut;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The VMs and their NICs. A reference is the name of a VM that is not expunged, or the id of any. */
@Service
public class Vms implements KnownVms {
    static final int MOST_IN_REASON = 2000;

    private final VmRepository vms;
    private final NicRepository nics;
    private final VmAllocation allocation;
    private final VmPatching patching;
    private final VmPages pages;
    private final VmDetails instanceDetails;
    private final SecretBox box;
    private final History history;

    Vms(
            VmRepository vms,
            NicRepository nics,
            VmAllocation allocation,
            VmPatching patching,
            VmPages pages,
            VmDetails instanceDetails,
            SecretBox box,
            History history) {
        this.vms = vms;
        this.nics = nics;
        this.allocation = allocation;
        this.patching = patching;
        this.pages = pages;
        this.instanceDetails = instanceDetails;
        this.box = box;
        this.history = history;
    }

    /**
     * Records a VM that the actor owns, with its addresses reserved and a random VNC password; its state is
     * {@link VmState#Allocated} and no extension knows of it yet.
     *
     * @throws ProblemException {@code invalid-request}, {@code name-taken}, {@code network-full}
     */
    @Transactional
    public Vm allocate(NewVm request, Actor actor) {
        return get(allocation.allocate(request, actor));
    }

    /** The VM, or a refusal {@code vm-not-found}, also when the actor does not reach it. */
    public Vm get(String reference, Actor actor) {
        return vms.find(reference)
                .filter(vm -> actor.reaches(vm.ownerId(), vm.domain()))
                .orElseThrow(() -> ProblemException.notFound("VM", reference));
    }

    /**
     * The ids of all VMs that the actor reaches and that have one of the references as their name or id, or had it as their
     * last name.
     *
     * @throws ProblemException {@code vm-not-found}, naming all references that no such VM has
     */
    @Override
    public Set<UUID> everKnown(Set<String> references, Actor actor) {
        var found = vms.everKnown(references).stream()
                .filter(vm -> actor.reaches(vm.ownerId(), vm.domain()))
                .toList();
        var unknown = references.stream()
                .filter(reference -> found.stream()
                        .noneMatch(vm -> vm.name().equals(reference) || vm.id().equals(Names.idOrNone(reference))))
                .collect(Collectors.joining("', '"));
        if (!unknown.isEmpty()) {
            throw ProblemException.notFound("VM", unknown);
        }
        return found.stream().map(Vm::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the actor may see and steer the VM. */
    public boolean reaches(Actor actor, UUID vm) {
        return find(vm).filter(found -> actor.reaches(found.ownerId(), found.domain()))
                .isPresent();
    }

    /** The VM, whoever owns it, or a refusal {@code vm-not-found}. */
    public Vm get(UUID id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("VM", id));
    }

    /** The VM, if there is one, whoever owns it. */
    public Optional<Vm> find(UUID id) {
        return vms.find(id.toString());
    }

    /** The VMs that match and that the actor reaches, newest first. */
    public Page<Vm> list(VmQuery query, PageRequest page, Actor actor) {
        return pages.page(query, page, actor);
    }

    /** A VM's NICs in the order of their device ids. */
    public List<Nic> nics(UUID vm) {
        return nics.ofVms(List.of(vm));
    }

    /** The NICs of several VMs in one query; VMs without any are missing. */
    public Map<UUID, List<Nic>> nics(Collection<UUID> ids) {
        return nics.ofVms(ids).stream().collect(Collectors.groupingBy(Nic::vmId));
    }

    /** The names of several VMs in one query, expunged ones too. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return vms.names("vm", ids);
    }

    /** The names of several owners in one query. */
    public Map<UUID, String> ownerNames(Collection<UUID> owners) {
        return vms.names("account", owners);
    }

    /** Sets or removes single details of a VM; null removes one. Those that its extension keeps with it stay of that kind. */
    @Transactional
    public Vm update(String reference, Map<String, @Nullable String> changes, Actor actor) {
        var vm = get(reference, actor);
        if (!vms.lock(vm.id())) {
            throw ProblemException.conflict("vm-expunged", "VM '" + vm.name() + "' is expunged");
        }
        instanceDetails.merge(vm, changes, actor);
        history.append(actor, "vm.updated", subject(vm), Map.of("details", Texts.names(changes)));
        return vm;
    }

    /**
     * Moves a VM on, if it is in one of the given states.
     *
     * @param reason why it is in the new state, for people; cut to 2000 characters
     * @return whether it was in one of them
     */
    @Transactional
    public boolean advance(UUID vm, Set<VmState> from, VmState to, @Nullable String reason) {
        var cut = reason == null ? null : Cut.to(MOST_IN_REASON, Cut.clean(reason), Cut.IN_RECORD);
        return !from.isEmpty() && vms.advance(vm, from, to, cut);
    }

    /** Puts a VM on a host. */
    @Transactional
    public void place(UUID vm, UUID cluster, UUID host) {
        vms.set(vm, "cluster_id = :cluster, host_id = :host", VmRepository.values("cluster", cluster, "host", host));
    }

    /** Takes a VM off its host, which becomes its last host; it stays in its cluster. */
    @Transactional
    public void unplace(UUID vm) {
        vms.set(vm, "last_host_id = COALESCE(host_id, last_host_id), host_id = NULL", Map.of());
    }

    /** Records what was seen of a VM's power, unless something was seen later already. */
    @Transactional
    public void observePower(UUID vm, PowerState power, Instant at) {
        vms.observePower(vm, power, at.atOffset(ZoneOffset.UTC));
    }

    /** The VM's VNC password, opened; empty text when it has none. For payloads and the console only. */
    public String vncPassword(UUID vm) {
        return vms.sealedVncPassword(vm).map(box::open).orElse("");
    }

    /** Gives up a VM's name, addresses, details and password; its row stays for the records. Repeating it changes nothing. */
    @Transactional
    public void expunge(UUID id, Actor actor) {
        var vm = get(id);
        if (vms.expunge(id)) {
            nics.removeAll(id);
            instanceDetails.remove(id);
            history.append(actor, "vm.expunged", subject(vm), Map.of("internalName", vm.internalName()));
        }
    }

    /** The hosts that are up and where the VM is to be or may be; its last host first, then by name. */
    public List<Host> candidates(UUID vm) {
        return vms.candidates(vm);
    }

    /**
     * Applies what an extension answered to {@code prepare}, a patch on {@code cloudstack.vm.details}. Nothing has been
     * changed when this refuses, and the transaction can go on.
     *
     * @param sent the details that the extension was given; answering them back changes nothing
     * @param secret names of details that are secret whatever they are called
     * @throws PatchRefusedException saying everything that is wrong with the patch
     */
    @Transactional(noRollbackFor = PatchRefusedException.class)
    public PatchReport applyPatch(UUID vm, JsonNode patch, Map<String, String> sent, Set<String> secret, Actor actor) {
        return patching.apply(vm, patch, sent, secret, actor);
    }

    /**
     * Gives up what patches have set on a VM that was not created: its NICs get their own addresses back, or free ones where
     * those were taken meanwhile, and what its extension kept with it is forgotten.
     *
     * @return whether there was anything to give up
     */
    @Transactional
    public boolean takePatchBack(UUID vm) {
        return patching.takeBack(vm);
    }

    private static Subject subject(Vm vm) {
        return new Subject("vm", vm.id(), vm.name());
    }

    /** The names of details of VMs that this actor may neither see nor change. */
    public Set<String> hiddenDetails(Actor actor) {
        return instanceDetails.hiddenFrom(actor);
    }
}
