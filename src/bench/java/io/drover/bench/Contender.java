package io.drover.bench;

/** One way to have the script run. */
interface Contender extends AutoCloseable {
    String name();

    /**
     * Has the script run once and waits for its answer.
     *
     * @param client from 0; each client calls one at a time
     */
    void call(int client) throws Exception;

    @Override
    default void close() {}
}
