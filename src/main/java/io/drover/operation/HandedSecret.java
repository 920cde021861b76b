package io.drover.operation;

import java.time.Instant;
import java.util.List;

/**
 * What of an action's answer is for the person alone who asked.
 *
 * @param fields the names of its fields
 * @param sealed the fields with their values as JSON, sealed
 * @param until when nobody is given it any more
 */
record HandedSecret(List<String> fields, String sealed, Instant until) {
    HandedSecret {
        fields = List.copyOf(fields);
    }
}
