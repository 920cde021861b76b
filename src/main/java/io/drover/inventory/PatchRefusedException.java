package io.drover.inventory;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** An extension's patch with at least one value that cannot be taken; nothing of it was applied. */
public class PatchRefusedException extends ProblemException {
    private final transient List<Violation> refused;

    PatchRefusedException(List<Violation> refused) {
        super(
                Kind.INVALID,
                "patch-refused",
                refused.stream()
                        .map(violation -> violation.pointer() + ": " + violation.message()
                                + (violation.value() == null ? "" : " (not '" + violation.value() + "')"))
                        .collect(Collectors.joining("; ")));
        this.refused = refused;
    }

    /** Everything that is wrong with the patch; pointers are into the patch. */
    @Override
    public List<Violation> violations() {
        return refused;
    }
}
