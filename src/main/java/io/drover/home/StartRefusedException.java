package io.drover.home;

/** The server cannot start as it was set up. Whoever started it is told what is wrong and what to do, without a stack trace. */
public class StartRefusedException extends RuntimeException {
    private final String action;

    /**
     * @param description what is wrong, with the offending value
     * @param action what to do about it
     */
    public StartRefusedException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
