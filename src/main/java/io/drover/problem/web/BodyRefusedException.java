package io.drover.problem.web;

import io.drover.problem.ProblemException;
import java.io.IOException;

/** What reading a request's body ends with when no more of it is taken; the refusal is what the client is told. */
public final class BodyRefusedException extends IOException {
    private final ProblemException refusal;

    public BodyRefusedException(ProblemException refusal) {
        super(refusal.getMessage(), refusal);
        this.refusal = refusal;
    }

    ProblemException refusal() {
        return refusal;
    }
}
