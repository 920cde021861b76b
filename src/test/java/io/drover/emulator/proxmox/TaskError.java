package io.drover.emulator.proxmox;

/** What a task ends with if it does not end well. */
final class TaskError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskError(String message) {
        super(message);
    }
}
