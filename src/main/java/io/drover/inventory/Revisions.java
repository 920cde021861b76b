package io.drover.inventory;

import io.drover.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which version of a thing with details somebody has seen (RFC 9110, {@code ETag} and {@code If-Match}): another one for each
 * change of what people may change.
 */
@Service
public class Revisions {
    private static final int BYTES = 16;

    private final DetailRepository details;

    Revisions(DetailRepository details) {
        this.details = details;
    }

    /**
     * A thing as it is now.
     *
     * @param shown what there is of it besides its details; its text is compared
     */
    public record Seen(DetailOwner type, UUID owner, Object shown) {}

    /** The version, in quotes as in the header {@code ETag}. */
    public String of(Seen thing) {
        var digest = sha256();
        digest.update(thing.shown().toString().getBytes(StandardCharsets.UTF_8));
        for (var type : types(thing)) {
            for (var row : details.find(type, List.of(thing.owner()))) {
                digest.update((type + "\0" + row.name() + "\0" + row.val() + "\0").getBytes(StandardCharsets.UTF_8));
            }
        }
        return '"' + HexFormat.of().formatHex(digest.digest(), 0, BYTES) + '"';
    }

    /**
     * Makes a change unless the thing is no longer what somebody has seen. Nobody else changes it meanwhile.
     *
     * @param ifMatch the header {@code If-Match}; null when it does not matter what was there
     * @throws ProblemException {@code precondition-failed} when the thing is another than that
     */
    @Transactional
    public <T> T change(@Nullable String ifMatch, Supplier<Seen> thing, Supplier<T> change) {
        if (ifMatch != null) {
            var before = thing.get();
            details.lock(before.type(), before.owner());
            var now = of(thing.get());
            if (!matches(ifMatch, now)) {
                throw new ProblemException(
                                ProblemException.Kind.PRECONDITION_FAILED,
                                "precondition-failed",
                                "It has been changed meanwhile: If-Match has " + ifMatch + ", but it is now " + now)
                        .with("etag", now);
            }
        }
        return change.get();
    }

    private static boolean matches(String ifMatch, String now) {
        return Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(tag -> tag.equals("*") || tag.equals(now));
    }

    private static List<DetailOwner> types(Seen thing) {
        return thing.type() == DetailOwner.VM
                ? List.of(DetailOwner.VM, DetailOwner.INSTANCE)
                : List.of(Objects.requireNonNull(thing.type()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
