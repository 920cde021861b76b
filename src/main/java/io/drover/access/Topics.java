package io.drover.access;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What topics an account may have: Workers some, all others none. */
final class Topics {
    private static final Pattern TOPIC =
            Pattern.compile("[\\p{Graph}&&[^*$#{}]]{1,255}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int MOST = 100;

    private Topics() {}

    /** @throws ProblemException telling all that is wrong with them */
    static void check(RoleType role, List<String> topics) {
        List<Violation> wrong = new ArrayList<>();
        if (role == RoleType.WORKER && (topics.isEmpty() || topics.size() > MOST)) {
            wrong.add(new Violation("/topics", "must be 1 to " + MOST + " topics of external tasks", topics.size()));
        } else if (role != RoleType.WORKER && !topics.isEmpty()) {
            wrong.add(new Violation("/topics", "are for the role Worker only; leave them out", topics));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < topics.size(); i++) {
            if (!TOPIC.matcher(topics.get(i)).matches() || !seen.add(topics.get(i))) {
                wrong.add(new Violation(
                        "/topics/" + i,
                        "must be the name of one topic, once, without spaces and *, $, #, {, }",
                        topics.get(i)));
            }
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
