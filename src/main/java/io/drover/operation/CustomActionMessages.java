package io.drover.operation;

import java.util.List;

/**
 * What the person who asked for a custom action is told when it has ended.
 *
 * @param secretFields fields of the answer that are handed to this person only
 */
record CustomActionMessages(String success, String failure, List<String> secretFields) {
    CustomActionMessages {
        secretFields = List.copyOf(secretFields);
    }
}
