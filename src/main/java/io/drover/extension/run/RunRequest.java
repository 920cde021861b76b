package io.drover.extension.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * One run that is wanted.
 *
 * @param actionId names the run and its directory; the program sees it as {@code DROVER_ACTION_ID}
 * @param program absolute path of the executable
 * @param verb the name on the wire, first argument of the program
 * @param payload the payload file's content, UTF-8 JSON
 * @param timeout whole seconds; the program's third argument, and the time after which it is ended
 * @param piped whether the program's streams are pipes instead of files, which it can open again by name; costs two
 *     processes more
 * @param environment what the program sees besides the allow-list
 */
public record RunRequest(
        UUID actionId,
        Path program,
        String verb,
        byte[] payload,
        Duration timeout,
        boolean piped,
        Map<String, String> environment) {

    /** The same with another program. */
    public RunRequest with(Path other) {
        return new RunRequest(actionId, other, verb, payload, timeout, piped, environment);
    }
}
