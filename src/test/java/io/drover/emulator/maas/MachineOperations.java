package io.drover.emulator.maas;

import java.util.Map;
import java.util.Set;

/** What can be asked of one machine. Parameters that the reference does not name are refused, which MAAS does not do. */
final class MachineOperations {

    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "deploy", Set.of("agent_name", "comment", "distro_series", "hwe_kernel", "user_data"),
            "release", Set.of("comment", "erase", "quick_erase", "secure_erase", "force"),
            "power_on", Set.of("comment", "user_data"),
            "power_off", Set.of("comment", "stop_mode"),
            "abort", Set.of("comment"));
    private static final Set<Integer> RELEASABLE = Set.of(
            Machine.ALLOCATED,
            Machine.DEPLOYING,
            Machine.DEPLOYED,
            Machine.FAILED_DEPLOYMENT,
            Machine.FAILED_RELEASING,
            Machine.BROKEN);

    private final Behaviour behaviour;

    MachineOperations(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    Answer answer(Request request, Machine machine) {
        var operation = request.operation();
        if (request.method().equals("GET")) {
            return read(operation, machine);
        }
        var known = PARAMETERS.get(operation);
        var unknown = known == null ? null : request.fieldBesides(known);
        if (unknown != null) {
            return Answer.json(400, Map.of(unknown, "unknown parameter of " + operation));
        }
        if (machine.locked && !operation.equals("power_on")) {
            return Answer.text(403, "Forbidden: the machine is locked");
        }
        if (!request.method().equals("POST")) {
            return Answer.text(405, "Method Not Allowed");
        }
        return change(operation, request, machine);
    }

    private Answer read(String operation, Machine machine) {
        if (operation.equals("query_power_state")) {
            return Answer.json(200, Map.of("state", behaviour.powerUnknown ? "unknown" : machine.on ? "on" : "off"));
        }
        return operation.equals("read") ? Answer.json(200, machine.json()) : unrecognised("GET", operation);
    }

    private Answer change(String operation, Request request, Machine machine) {
        if (operation.equals("deploy")) {
            return deploy(request, machine);
        } else if (operation.equals("release")) {
            return release(request, machine);
        } else if (operation.equals("abort") && machine.status == Machine.DEPLOYING) {
            machine.status = Machine.ALLOCATED;
            return new Answer(204, "text/plain", "");
        } else if (operation.equals("power_on")) {
            machine.on = !behaviour.ignoresPowerOn;
            return Answer.json(200, machine.json());
        } else if (operation.equals("power_off")) {
            machine.on &= behaviour.ignoresSoftOff && "soft".equals(request.field("stop_mode"));
            return Answer.json(200, machine.json());
        } else if (operation.equals("set_workload_annotations") && !behaviour.old
                || operation.equals("set_owner_data")) {
            machine.annotations.putAll(request.single());
            return new Answer(204, "text/plain", "");
        }
        return unrecognised("POST", operation);
    }

    private Answer deploy(Request request, Machine machine) {
        if (machine.status != Machine.ALLOCATED) {
            return Answer.text(
                    409,
                    "Can't deploy a machine that is in the '%s' state"
                            .formatted(machine.json().get("status_name")));
        }
        if ("nonsense".equals(request.field("distro_series"))) {
            return Answer.json(400, Map.of("distro_series", "'nonsense' is not a valid distro_series"));
        }
        machine.deployment = request.single();
        machine.begin(
                Machine.DEPLOYING,
                behaviour.failsDeployments ? Machine.FAILED_DEPLOYMENT : Machine.DEPLOYED,
                behaviour.looksToDeploy);
        return Answer.json(200, machine.json());
    }

    private Answer release(Request request, Machine machine) {
        if (!RELEASABLE.contains(machine.status)) {
            return Answer.text(409, "Machine cannot be released in its current state");
        }
        machine.released = request.single();
        machine.on = false;
        if (behaviour.failsReleases) {
            machine.status = Machine.FAILED_RELEASING;
        } else if ("true".equals(request.field("erase"))) {
            machine.begin(Machine.ERASING, Machine.READY, behaviour.looksToRelease);
        } else {
            machine.free();
            machine.begin(Machine.RELEASING, Machine.READY, behaviour.looksToRelease);
        }
        return Answer.json(200, machine.json());
    }

    static Answer unrecognised(String method, String operation) {
        return Answer.text(400, "Unrecognised signature: method=" + method + " op=" + operation);
    }
}
