package io.drover.operation.web;

import io.drover.operation.OperationWaits;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Answers requests that wait for an operation, once it has settled, as those who have asked. */
@Component
class LaterAnswers {
    /** Where the database is slow just then, an answer may come so much later than it was to. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OperationWaits waits;
    private final Executor threads = threads();

    LaterAnswers(OperationWaits waits) {
        this.waits = waits;
    }

    /** Makes the answer when the operation has ended or waits for somebody, or when the time is over. */
    <T> DeferredResult<T> when(UUID operation, Duration atMost, Supplier<T> answer) {
        DeferredResult<T> later = new DeferredResult<>(atMost.plus(PATIENCE).toMillis());
        var asCaller = DelegatingSecurityContextRunnable.create(
                () -> {
                    try {
                        later.setResult(answer.get());
                    } catch (RuntimeException e) {
                        later.setErrorResult(e);
                    }
                },
                SecurityContextHolder.getContext());
        var settled = waits.settled(operation, atMost);
        later.onCompletion(() -> settled.complete(null));
        settled.thenRunAsync(asCaller, threads);
        return later;
    }

    private static Executor threads() {
        var pool = new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "later-answer");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
