package io.drover.secret;

/** What a test would find if nothing were masked. */
public final class Unmasked {
    private Unmasked() {}

    /** Does something while nothing is masked in this process. */
    public static void run(Runnable work) {
        SecretText.switchOff(true);
        try {
            work.run();
        } finally {
            SecretText.switchOff(false);
        }
    }

    /** A text in all ways in which programs print it. */
    public static java.util.Map<String, String> spellings(String text) {
        var all = new java.util.LinkedHashMap<String, String>();
        for (var spelling : Spelling.values()) {
            all.put(spelling.name(), spelling.of(text));
        }
        return all;
    }
}
