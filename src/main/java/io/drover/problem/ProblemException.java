package io.drover.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that a client is told about as RFC 9457 problem details. The message is a sentence with the offending values;
 * {@code slug} names the kind of problem and is the last part of its type, {@code /problems/<slug>}.
 */
public class ProblemException extends RuntimeException {

    /** What class of refusal it is; the only thing that decides the HTTP status. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        GONE,
        PRECONDITION_FAILED,
        TOO_LARGE,
        TOO_MANY,
        TIMED_OUT,
        UNSUPPORTED,
        UNAVAILABLE
    }

    private final Kind kind;
    private final String slug;
    private final transient List<Violation> violations;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    public ProblemException(Kind kind, String slug, String message) {
        this(kind, slug, message, List.of());
    }

    private ProblemException(Kind kind, String slug, String message, List<Violation> violations) {
        super(message);
        this.kind = kind;
        this.slug = slug;
        this.violations = violations;
    }

    /** A request with at least one invalid value; the message sums the violations up. */
    public static ProblemException invalid(List<Violation> violations) {
        var message = new StringBuilder();
        for (var violation : violations) {
            message.append(message.isEmpty() ? "" : "; ")
                    .append(violation.pointer().isEmpty() ? "" : violation.pointer() + ": ")
                    .append(violation.message());
        }
        return new ProblemException(Kind.INVALID, "invalid-request", message.toString(), violations);
    }

    /** A request with one invalid value, which is null where there is none. */
    public static ProblemException invalid(String pointer, String message, @Nullable Object value) {
        return invalid(List.of(new Violation(pointer, message, value)));
    }

    /**
     * A reference to something that does not exist, or that the caller may not see.
     *
     * @param thing the kind of thing in words, e.g. {@code service offering}
     */
    public static ProblemException notFound(String thing, Object reference) {
        var slug = thing.toLowerCase(Locale.ROOT).replace(' ', '-') + "-not-found";
        return new ProblemException(Kind.NOT_FOUND, slug, "There is no " + thing + " '" + reference + "'");
    }

    public static ProblemException conflict(String slug, String message) {
        return new ProblemException(Kind.CONFLICT, slug, message);
    }

    public static ProblemException forbidden(String message) {
        return new ProblemException(Kind.FORBIDDEN, "forbidden", message);
    }

    /** Adds a member to the problem details, e.g. the id of the operation that stands in the way. */
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public String slug() {
        return slug;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Map<String, Object> members() {
        return members;
    }
}
