package io.drover.operation.retention;

/**
 * How much was removed.
 *
 * @param texts of how many actions the texts went and the record stayed
 */
record Removed(long operations, long actions, long texts, long idempotencyKeys) {
    static final Removed NOTHING = new Removed(0, 0, 0, 0);

    boolean isNothing() {
        return equals(NOTHING);
    }
}
