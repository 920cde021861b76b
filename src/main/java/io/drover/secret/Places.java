package io.drover.secret;

/** A few places in a text, each once. */
final class Places {
    private static final int MOST = 32;

    private final int[] places = new int[MOST];
    private int size;

    void clear() {
        size = 0;
    }

    /** Takes it in, if there is room. */
    void add(int place) {
        for (int i = 0; i < size; i++) {
            if (places[i] == place) {
                return;
            }
        }
        if (size < MOST) {
            places[size++] = place;
        }
    }

    int size() {
        return size;
    }

    int get(int index) {
        return places[index];
    }

    int greatest() {
        int greatest = -1;
        for (int i = 0; i < size; i++) {
            greatest = Math.max(greatest, places[i]);
        }
        return greatest;
    }
}
