package io.drover.inventory;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.List;
import java.util.function.UnaryOperator;
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

    /** The same with every text of it changed, for whoever must not be told all of the patch. */
    public PatchRefusedException telling(UnaryOperator<String> clean) {
        return new PatchRefusedException(refused.stream()
                .map(violation -> new Violation(
                        clean.apply(violation.pointer()),
                        clean.apply(violation.message()),
                        violation.value() == null ? null : clean.apply(String.valueOf(violation.value()))))
                .toList());
    }

    /** Everything that is wrong with the patch; pointers are into the patch. */
    @Override
    public List<Violation> violations() {
        return refused;
    }
}
