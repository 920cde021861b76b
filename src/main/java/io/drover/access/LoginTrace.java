package io.drover.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drover.log.LogText;
import io.drover.text.Cut;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells the ledger and the log of logins. Whoever fails again and again gets one entry an hour, and all who fail together
 * {@value #MOST_AN_HOUR}: the next entry says how many were left out.
 */
@Component
class LoginTrace {
    static final int MOST_AN_HOUR = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LoginTrace.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LONGEST_NAME = 63;
    private static final int MOST_KEYS = 10_000;

    private final ApplicationEventPublisher events;
    private final Cache<Seen, Boolean> told;
    private final Cache<String, AtomicLong> thisHour;
    private final AtomicLong leftOut = new AtomicLong();

    LoginTrace(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.told = cache(clock);
        this.thisHour = cache(clock);
    }

    private record Seen(String kind, String name, String address) {}

    /** A password was right and a session begins. */
    void succeeded(Actor actor, String address) {
        tell("login.succeeded", actor, actor.name(), actor.id().toString(), address);
    }

    /** A name and password were wrong, or the account is disabled. */
    void failed(String name, @Nullable Account account, String address) {
        tell("login.failed", null, name, account == null ? "-" : account.id().toString(), address);
    }

    /** That was one wrong password too many. */
    void lockedOut(String name, @Nullable Account account, String address) {
        tell(
                "login.locked-out",
                null,
                name,
                account == null ? "-" : account.id().toString(),
                address);
    }

    /** An API key was unknown, expired, revoked, or of a disabled account. */
    void keyRefused(String id, String address) {
        tell("api-key.refused", null, id, id, address);
    }

    private void tell(String kind, @Nullable Actor actor, String name, String subjectId, String address) {
        var safe = cut(LogText.oneLine(name));
        var inThisHour = thisHour.get(kind, any -> new AtomicLong()).incrementAndGet();
        var first = told.asMap().putIfAbsent(new Seen(kind, safe, Addresses.counted(address)), true) == null;
        if (actor == null && !first || inThisHour > MOST_AN_HOUR) {
            leftOut.incrementAndGet();
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("address", address);
        var omitted = leftOut.getAndSet(0);
        if (omitted > 0) {
            body.put("leftOut", omitted);
        }
        events.publishEvent(new LoginEvent(kind, actor, safe, subjectId, body));
        if (actor == null) {
            LOG.warn(
                    "{} of '{}' from {}; {} more were left out since the last such line", kind, safe, address, omitted);
        }
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : Cut.beginning(LONGEST_NAME - 1, name) + "…";
    }

    private static <K, V> Cache<K, V> cache(Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(HOUR)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }
}
