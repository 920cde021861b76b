package io.drover.conformance;

import io.drover.access.Actor;
import io.drover.conformance.Verification.State;
import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.extension.manifest.Level;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.node.ThisNode;
import io.drover.page.Page;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs of the kit on this node, two at a time and one for each extension. Of each extension the newest are kept. */
@Service
public class Verifications implements DisposableBean {
    private static final int AT_ONCE = 2;
    private static final int KEPT = 20;

    private final Extensions extensions;
    private final ExtensionNodes nodes;
    private final VerificationRepository repository;
    private final VerificationRun run;
    private final History history;
    private final ThisNode node;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_ONCE, new CustomizableThreadFactory("drover-verify-"));

    Verifications(
            Extensions extensions,
            ExtensionNodes nodes,
            VerificationRepository repository,
            VerificationRun run,
            History history,
            ThisNode node,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.extensions = extensions;
        this.nodes = nodes;
        this.repository = repository;
        this.run = run;
        this.history = history;
        this.node = node;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Begins to verify an extension; {@link #get} says how it goes.
     *
     * @param details what payloads carry at each level; null for what the manifest has for it
     * @throws ProblemException when there is no such extension, or this node is verifying it already
     */
    public Verification begin(
            String extensionRef, Thoroughness level, @Nullable Map<Level, Map<String, String>> details, Actor actor) {
        var extension = extensions.get(extensionRef);
        requireReady(extension, level);
        if (!busy.add(extension.id())) {
            throw ProblemException.conflict(
                    "verification-in-progress",
                    "The extension '" + extension.name() + "' is being verified; wait for the end");
        }
        try {
            var verification = new Verification(
                    UUID.randomUUID(),
                    extension.id(),
                    node.name(),
                    level,
                    State.RUNNING,
                    actor.name(),
                    Instant.now(clock),
                    null,
                    null,
                    null);
            transaction.executeWithoutResult(status -> record(verification, extension, actor));
            threads.execute(() -> make(verification, extension, details, actor));
            return verification;
        } catch (RuntimeException e) {
            busy.remove(extension.id());
            throw e;
        }
    }

    /** What must not be run by operations is not run by the kit either. */
    private void requireReady(Extension extension, Thoroughness level) {
        var readiness = nodes.here(extension);
        if (level != Thoroughness.STATIC && !readiness.ready()) {
            throw ProblemException.conflict("extension-not-ready", readiness.refusal(extension));
        }
    }

    /** @throws ProblemException when the extension has no such verification */
    public Verification get(String extensionRef, String id) {
        var extension = extensions.get(extensionRef);
        return (Names.isId(id)
                        ? repository.find(extension.id(), UUID.fromString(id))
                        : java.util.Optional.<Verification>empty())
                .orElseThrow(() -> ProblemException.notFound("verification", id));
    }

    /** The newest verifications of an extension, newest first. */
    public Page<Verification> list(String extensionRef) {
        return new Page<>(repository.ofExtension(extensions.get(extensionRef).id()), null);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    private void record(Verification verification, Extension extension, Actor actor) {
        repository.add(verification);
        repository.forgetAllBut(KEPT, extension.id());
        history.append(
                actor,
                "extension.verification-started",
                subject(extension),
                Map.of(
                        "verification",
                        verification.id(),
                        "level",
                        verification.level().wireName()));
    }

    private void make(
            Verification verification,
            Extension extension,
            @Nullable Map<Level, Map<String, String>> details,
            Actor actor) {
        try {
            var end = run.make(verification, extension, details);
            transaction.executeWithoutResult(status -> {
                repository.end(verification.id(), end.state(), end.report(), end.error(), Instant.now(clock));
                history.append(
                        actor,
                        "extension.verified",
                        subject(extension),
                        Map.of("verification", verification.id(), "state", end.state(), "failed", end.failed()));
            });
        } finally {
            busy.remove(extension.id());
        }
    }

    private static Subject subject(Extension extension) {
        return new Subject("extension", extension.id(), extension.name());
    }

    /** The ids of the checks that failed. */
    static List<String> failed(Report report) {
        return report.checks().stream()
                .filter(check -> check.outcome() == CheckResult.Outcome.FAILED)
                .map(CheckResult::id)
                .toList();
    }
}
