package io.drover.workflow;

import io.drover.diagram.Fault;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;

/** Why a deployment is not taken: all that is wrong, in one message. */
final class DiagramRefusal extends BadUserRequestException {
    private static final int MOST = 100;

    private final transient List<Reason> reasons;

    /**
     * One thing wrong.
     *
     * @param file the name that the diagram came under
     */
    record Reason(String file, Fault fault) {}

    DiagramRefusal(List<Reason> reasons) {
        super(reasons.stream()
                        .limit(MOST)
                        .map(reason -> reason.file() + ": " + reason.fault())
                        .collect(Collectors.joining("\n"))
                + (reasons.size() > MOST ? "\nand " + (reasons.size() - MOST) + " more" : ""));
        this.reasons = List.copyOf(reasons);
    }

    /** For Drover's own API, which tells each thing that is wrong as one of the {@code errors}. */
    ProblemException asProblem() {
        return ProblemException.invalid(reasons.stream()
                .limit(MOST)
                .map(reason -> new Violation("", reason.fault().toString(), reason.file()))
                .toList());
    }
}
