package io.drover.extension.run;

import io.drover.home.StartRefusedException;

/** Programs cannot be run in the way that the settings ask for, so the server does not start. */
final class RunnerRefusal extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what is set, and why it is impossible
     * @param remedy what to do
     */
    RunnerRefusal(String what, String remedy) {
        super(what, remedy);
    }
}
