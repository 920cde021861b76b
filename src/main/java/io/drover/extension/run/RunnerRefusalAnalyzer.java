package io.drover.extension.run;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a refused start in a few lines instead of a stack trace. */
final class RunnerRefusalAnalyzer extends AbstractFailureAnalyzer<RunnerRefusal> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RunnerRefusal cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
