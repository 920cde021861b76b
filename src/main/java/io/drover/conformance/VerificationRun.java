package io.drover.conformance;

import io.drover.conformance.Verification.State;
import io.drover.extension.Extension;
import io.drover.extension.manifest.Level;
import io.drover.extension.run.ExtensionRunner;
import io.drover.home.Home;
import io.drover.home.StartStep;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one verification with the server's own runner, so that programs run as the user and in the sandbox they always do. */
@Component
class VerificationRun extends StartStep {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationRun.class);

    private final ExtensionRunner runner;
    private final VerificationRepository repository;
    private final Home home;
    private final ThisNode node;
    private final Clock clock;

    VerificationRun(ExtensionRunner runner, VerificationRepository repository, Home home, ThisNode node, Clock clock) {
        super(1);
        this.runner = runner;
        this.repository = repository;
        this.home = home;
        this.node = node;
        this.clock = clock;
    }

    /** How it ended. */
    record End(
            State state, @Nullable Report report, @Nullable String error, List<String> failed) {}

    /** What an earlier life of this node was at will not end any more. */
    @Override
    protected void run() {
        repository.abort(node.name(), Instant.now(clock));
    }

    End make(Verification verification, Extension extension, @Nullable Map<Level, Map<String, String>> details) {
        var options = Options.of(verification.level()).withDetails(details).knowing(extension.manifest());
        var work = home.root().resolve("verification-" + verification.id());
        try {
            var report = Conformance.verify(extension.directory(), options, runner, work, clock);
            return new End(report.passed() ? State.PASSED : State.FAILED, report, null, Verifications.failed(report));
        } catch (RuntimeException e) {
            LOG.warn("The verification of the extension {} was aborted", extension.name(), e);
            return new End(State.ABORTED, null, String.valueOf(e.getMessage()), List.of());
        }
    }
}
