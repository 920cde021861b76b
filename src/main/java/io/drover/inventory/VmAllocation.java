package io.drover.inventory;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.SecretBox;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the record of a new VM, with its addresses reserved; no extension knows of it yet. */
@Component
class VmAllocation {
    private static final int VNC_PASSWORD_LENGTH = 8;
    private static final String PASSWORD_CHARACTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NewVmParts newVmParts;
    private final VmAddressing addressing;
    private final VmRepository vms;
    private final NicRepository nics;
    private final Details details;
    private final Accounts accounts;
    private final SecretBox box;
    private final InternalNames names;
    private final History history;
    private final Clock clock;

    VmAllocation(
            NewVmParts newVmParts,
            VmAddressing addressing,
            VmRepository vms,
            NicRepository nics,
            Details details,
            Accounts accounts,
            SecretBox box,
            InternalNames names,
            History history,
            Clock clock) {
        this.newVmParts = newVmParts;
        this.addressing = addressing;
        this.vms = vms;
        this.nics = nics;
        this.details = details;
        this.accounts = accounts;
        this.box = box;
        this.names = names;
        this.history = history;
        this.clock = clock;
    }

    UUID allocate(NewVm request, Actor actor) {
        var id = UUID.randomUUID();
        var parts = newVmParts.resolve(id, request, actor);
        var name = String.valueOf(request.name());
        vms.find(name).ifPresent(holder -> {
            throw actor.reaches(holder.ownerId(), holder.domain())
                    ? NamedRows.nameTaken("VM", name, holder.id())
                    : ProblemException.conflict("name-taken", "The name '" + name + "' is taken by another VM");
        });
        var plan = addressing.plan(id, NewVmParts.asked(request), parts.networks(), actor);
        long num = vms.add(VmRepository.values(
                "id", id,
                "name", name,
                "owner", actor.id(),
                "domain", actor.domain(),
                "template", parts.template().id(),
                "offering", parts.offering().id(),
                "cluster", parts.cluster(),
                "host", parts.host(),
                "vncPassword", box.seal(password()),
                "createdAt", OffsetDateTime.now(clock)));
        var internalName = names.of(accounts.number(actor.id()), num);
        vms.set(id, "internal_name = :internalName", VmRepository.values("internalName", internalName));
        plan.forEach(nics::add);
        if (request.details() != null) {
            details.merge(DetailOwner.VM, id, request.details());
        }
        history.append(actor, "vm.allocated", new Subject("vm", id, name), summary(parts, internalName, plan));
        return id;
    }

    private static Map<String, Object> summary(NewVmParts.Parts parts, String internalName, List<Nic> plan) {
        return Map.of(
                "internalName",
                internalName,
                "template",
                parts.template().name(),
                "serviceOffering",
                parts.offering().name(),
                "addresses",
                plan.stream()
                        .map(nic -> nic.mac() + (nic.ip() == null ? "" : " " + nic.ip()))
                        .toList());
    }

    private static String password() {
        var password = new StringBuilder();
        for (int i = 0; i < VNC_PASSWORD_LENGTH; i++) {
            password.append(PASSWORD_CHARACTERS.charAt(RANDOM.nextInt(PASSWORD_CHARACTERS.length())));
        }
        return password.toString();
    }
}
