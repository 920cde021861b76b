package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run of an extension came to. */
public sealed interface Outcome {

    /** What was said of it; empty when it was done. */
    default String message() {
        return "";
    }

    /**
     * The extension did what it was asked.
     *
     * @param body its answer without the envelope; null when it printed nothing or nothing that is JSON
     * @param notes what an operator should know although it succeeded
     * @param leftovers whether a preparation says that something is taken outside which only a deletion gives back
     */
    record Succeeded(@Nullable JsonNode body, List<String> notes, boolean leftovers) implements Outcome {

        /** One that says of nothing that it is left. */
        public Succeeded(@Nullable JsonNode body, List<String> notes) {
            this(body, notes, false);
        }
    }

    /**
     * The extension said no; repeating the same request unchanged would be answered the same.
     *
     * @param leftovers whether it says that something of what it did is left outside
     */
    record Refused(String code, String message, boolean leftovers) implements Outcome {

        /** One that left nothing. */
        public Refused(String code, String message) {
            this(code, message, false);
        }
    }

    /** Nobody knows, or nothing happened: worth another attempt, or a person's look. */
    record Trouble(String code, String message) implements Outcome {

        /** The code when it was begun and nobody can say whether or how it ended. */
        public static final String LOST = "lost";

        /** The code when the program asks to be asked again later and has begun nothing. */
        public static final String TRY_AGAIN = "try-again";

        /** The code when the program asks to be asked again later and says that it left something behind. */
        public static final String UNFINISHED = "unfinished";
    }

    /** The person who asked, or an operator, ended it. */
    record Cancelled(String message) implements Outcome {}
}
