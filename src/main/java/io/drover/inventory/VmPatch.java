package io.drover.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an extension's answer asks to change, as far as it could be read.
 *
 * @param nics the NICs whose addresses are given, each at most once
 * @param ignored what is not taken, one line each
 */
record VmPatch(
        @Nullable String vncPassword,
        Map<String, @Nullable String> details,
        List<NicChange> nics,
        List<String> ignored) {

    /**
     * The addresses given for one NIC as they were written; null where none is given.
     *
     * @param pointer where they stand in the answer
     */
    record NicChange(
            String pointer,
            Nic nic,
            @Nullable String mac,
            @Nullable String ip,
            @Nullable String ip6) {}
}
