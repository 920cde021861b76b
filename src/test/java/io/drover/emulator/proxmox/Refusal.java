package io.drover.emulator.proxmox;

import java.util.Map;

/** An error answer of the API: status, reason phrase, and what is wrong with single parameters. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;
    final transient Map<String, String> errors;

    Refusal(int status, String reason, Map<String, String> errors) {
        super(reason);
        this.status = status;
        this.errors = errors;
    }

    Refusal(int status, String reason) {
        this(status, reason, Map.of());
    }

    static Refusal parameter(String name, String message) {
        return new Refusal(400, "Parameter verification failed.", Map.of(name, message));
    }

    static Refusal noSuchVm(String node, int vmid) {
        return new Refusal(
                500, "Configuration file 'nodes/%s/qemu-server/%d.conf' does not exist".formatted(node, vmid));
    }
}
