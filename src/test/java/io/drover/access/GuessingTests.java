package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.access.LoginAttempts.Place;
import io.drover.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

/** Whoever guesses passwords gets few tries, and takes nothing from those who do not. */
class GuessingTests {
    private static final String PASSWORD = "correct horse battery";
    private static final String OFFICE = "192.0.2.1";

    @TempDir
    Path home;

    private void with(BiConsumer<Logins, ApplicationContext> test) {
        AccessContext.runner(home).run(context -> {
            context.getBean(Accounts.class).create("ann", RoleType.USER, "/sales", PASSWORD, Actor.SYSTEM);
            test.accept(context.getBean(Logins.class), context);
        });
    }

    private void withAttempts(Consumer<LoginAttempts> test) {
        test.accept(new LoginAttempts(new AccessContext.MovableClock()));
    }

    private static void fail(LoginAttempts attempts, String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(new Place(name, address));
        }
    }

    @Test
    void whoGuessesElsewhereLocksNobodyOut() {
        withAttempts(attempts -> {
            attempts.succeeded(new Place("admin", OFFICE));
            for (int i = 0; i < 300; i++) {
                attempts.failed(new Place("admin", "198.51.100." + i));
            }
            assertThatCode(() -> attempts.check(new Place("admin", OFFICE))).doesNotThrowAnyException();
            var elsewhere = new Place("admin", "203.0.113.9");
            assertThatCode(() -> attempts.check(elsewhere)).doesNotThrowAnyException();
            attempts.failed(elsewhere);
            assertThatThrownBy(() -> attempts.check(elsewhere)).isInstanceOf(ProblemException.class);
        });
    }

    @Test
    void inventedNamesDriveOutNoLock() {
        withAttempts(attempts -> {
            fail(attempts, "admin", OFFICE, 10);
            for (int i = 0; i < 20_000; i++) {
                attempts.failed(new Place("n" + i, "198.51.100." + i));
            }
            assertThatThrownBy(() -> attempts.check(new Place("admin", OFFICE))).isInstanceOf(ProblemException.class);
        });
    }

    @Test
    void anAddressMayInventNamesForAWhileOnly() {
        withAttempts(attempts -> {
            attempts.succeeded(new Place("ann", OFFICE));
            for (int i = 0; i < 100; i++) {
                attempts.failed(new Place("n" + i, OFFICE));
            }
            assertThatThrownBy(() -> attempts.check(new Place("another", OFFICE)))
                    .isInstanceOf(ProblemException.class);
            assertThatCode(() -> attempts.check(new Place("ann", OFFICE))).doesNotThrowAnyException();
            assertThatCode(() -> attempts.check(new Place("another", "203.0.113.9")))
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void aLockEndsWithItsWindowHoweverOftenItIsTried() {
        var clock = new AccessContext.MovableClock();
        var attempts = new LoginAttempts(clock);
        for (int i = 0; i < 20; i++) {
            attempts.failed(new Place("ann", OFFICE));
            clock.advance(Duration.ofSeconds(15));
        }
        assertThatCode(() -> attempts.check(new Place("ann", OFFICE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64"
    })
    void anIpv6NetworkCountsAsOneAddress(String address, String counted) {
        assertThat(Addresses.counted(address)).isEqualTo(counted);
    }

    @Test
    void aWrongCurrentPasswordIsCountedAndTold() {
        with((logins, context) -> {
            var accounts = context.getBean(Accounts.class);
            var ann = accounts.actor("ann").orElseThrow();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> accounts.changePassword("ann", "another password", "not this one", ann))
                        .hasMessageContaining("/currentPassword");
            }
            assertThatThrownBy(() -> accounts.changePassword("ann", "another password", PASSWORD, ann))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.kind())
                            .isEqualTo(ProblemException.Kind.TOO_MANY));
            assertThat(logins.byPassword("ann", PASSWORD, OFFICE)).isPresent();
        });
    }

    @Test
    void aDisabledAccountIsToldByNoTimeThatItsPasswordIsRight() {
        with((logins, context) -> {
            assertThat(logins.byPassword("ann", PASSWORD, OFFICE)).isPresent();
            context.getBean(Accounts.class).disable("ann", Actor.SYSTEM);
            for (int i = 0; i < 3; i++) {
                var begun = System.nanoTime();
                assertThat(logins.byPassword("ann", PASSWORD, OFFICE)).isEmpty();
                var disabled = System.nanoTime() - begun;
                begun = System.nanoTime();
                assertThat(logins.byPassword("nobody", PASSWORD, OFFICE)).isEmpty();
                var unknown = System.nanoTime() - begun;
                assertThat(disabled).isGreaterThan(unknown / 5);
            }
        });
    }

    @Test
    void fewWaitForTheirPasswordsToBeCheckedAndTheOthersAreToldAtOnce() throws InterruptedException {
        var gate = new PasswordGate();
        var checking = new CountDownLatch(1);
        var checked = new AtomicInteger();
        var refused = new AtomicInteger();
        var threads = Executors.newCachedThreadPool();
        for (int i = 0; i < 40; i++) {
            var address = i < 20 ? OFFICE : "198.51.100." + i;
            threads.execute(() -> {
                try {
                    gate.check(address, false, () -> await(checking));
                    checked.incrementAndGet();
                } catch (ProblemException e) {
                    refused.incrementAndGet();
                }
            });
        }
        org.awaitility.Awaitility.await().until(() -> refused.get() == 24);
        checking.countDown();
        threads.shutdown();
        org.awaitility.Awaitility.await().until(() -> checked.get() == 16);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return false;
    }

    @Test
    void manyAtOnceHaveNoMoreTriesThanOneAfterTheOther() throws InterruptedException {
        with((logins, context) -> {
            List<Optional<Login>> tried = java.util.Collections.synchronizedList(new ArrayList<>());
            var threads = Executors.newFixedThreadPool(20);
            for (int i = 0; i < 30; i++) {
                threads.submit(() -> tried.add(logins.byPassword("ann", "wrong", OFFICE)));
            }
            threads.shutdown();
            org.awaitility.Awaitility.await().until(threads::isTerminated);
            assertThat(tried).hasSize(10);
        });
    }

    @Test
    void aRightPasswordThatManyShowAtOnceIsCheckedOnce() {
        with((logins, context) -> {
            var threads = Executors.newFixedThreadPool(20);
            var in = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                threads.execute(
                        () -> logins.byPassword("ann", PASSWORD, OFFICE).ifPresent(login -> in.incrementAndGet()));
            }
            threads.shutdown();
            org.awaitility.Awaitility.await().until(threads::isTerminated);
            assertThat(in).hasValue(20);
        });
    }
}
