package io.drover.emulator.maas;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which free machine an allocation gets: the smallest that keeps all constraints. */
final class Allocation {

    private static final Set<String> CONSTRAINTS = Set.of(
            "system_id", "cpu_count", "mem", "arch", "pool", "zone", "tags", "not_tags", "agent_name", "comment");

    private Allocation() {}

    static Answer of(Request request, Collection<Machine> machines) {
        var unknown = request.fieldBesides(CONSTRAINTS);
        if (unknown != null) {
            return Answer.json(400, Map.of(unknown, List.of("No such constraint.")));
        }
        var free = machines.stream()
                .filter(machine -> machine.status == Machine.READY && fits(machine, request))
                .findFirst();
        if (free.isEmpty()) {
            return Answer.text(409, "No available machine matches constraints: " + request.single());
        }
        var machine = free.get();
        machine.status = Machine.ALLOCATED;
        machine.agentName = request.single().getOrDefault("agent_name", "");
        return Answer.json(200, machine.json());
    }

    private static boolean fits(Machine machine, Request request) {
        var wish = request.single();
        var arch = wish.getOrDefault("arch", machine.arch);
        return machine.cpus >= Integer.parseInt(wish.getOrDefault("cpu_count", "0"))
                && machine.memory >= Integer.parseInt(wish.getOrDefault("mem", "0"))
                && (machine.arch.equals(arch) || machine.arch.startsWith(arch + "/"))
                && machine.systemId.equals(wish.getOrDefault("system_id", machine.systemId))
                && machine.pool.equals(wish.getOrDefault("pool", machine.pool))
                && machine.tags.containsAll(request.fields().getOrDefault("tags", List.of()))
                && request.fields().getOrDefault("not_tags", List.of()).stream().noneMatch(machine.tags::contains);
    }
}
