package io.drover.extension.run;

/** Programs cannot be run in the way that the settings ask for, so the server does not start. */
final class RunnerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param what what is set, and why it is impossible
     * @param remedy what to do
     */
    RunnerRefusal(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
