package io.drover.secret;

/** The characters that a place in a text may stand for, each with the place behind it. */
final class Readings {
    private static final int MOST = 24;

    private final int[] characters = new int[MOST];
    private final int[] ends = new int[MOST];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int character, int end) {
        if (size < MOST) {
            characters[size] = character;
            ends[size] = end;
            size++;
        }
    }

    int size() {
        return size;
    }

    int character(int index) {
        return characters[index];
    }

    int end(int index) {
        return ends[index];
    }
}
