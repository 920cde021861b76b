package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.access.AccessContext.MovableClock;
import io.drover.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class LoginsTests {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path home;

    private void with(BiConsumer<Logins, ApplicationContext> test) {
        AccessContext.runner(home).run(context -> {
            context.getBean(Accounts.class).create("ann", RoleType.USER, "/sales", PASSWORD, Actor.SYSTEM);
            test.accept(context.getBean(Logins.class), context);
        });
    }

    private static Actor ann(ApplicationContext context) {
        return context.getBean(Accounts.class).actor("ann").orElseThrow();
    }

    @Test
    void aDisabledAccountLogsInInNoWay() {
        with((logins, context) -> {
            var key = context.getBean(ApiKeys.class).create(null, "ci", null, ann(context));
            var login = logins.byPassword("ann", PASSWORD, "192.0.2.1").orElseThrow();
            context.getBean(Accounts.class).disable("ann", Actor.SYSTEM);
            assertThat(logins.byPassword("ann", PASSWORD, "192.0.2.1")).isEmpty();
            assertThat(logins.byApiKey(key.text(), "192.0.2.1")).isEmpty();
            assertThat(logins.again(login)).isEmpty();
        });
    }

    @Test
    void aSessionSeesANewRoleAndEndsWithANewPassword() {
        with((logins, context) -> {
            var accounts = context.getBean(Accounts.class);
            var login = logins.byPassword("ann", PASSWORD, "192.0.2.1").orElseThrow();
            accounts.update("ann", new AccountUpdate(RoleType.DOMAIN_ADMIN, null, null), Actor.SYSTEM);
            assertThat(logins.again(login)).map(now -> now.actor().role()).contains(RoleType.DOMAIN_ADMIN);
            accounts.changePassword("ann", "another password", null, Actor.SYSTEM);
            assertThat(logins.again(login)).isEmpty();
        });
    }

    @Test
    void aPasswordChangedByAnotherNodeIsNoLongerRemembered() {
        with((logins, context) -> {
            assertThat(logins.byPassword("ann", PASSWORD, "192.0.2.1")).isPresent();
            context.getBean(JdbcClient.class)
                    .sql("UPDATE account SET password_hash = :hash WHERE name = 'ann'")
                    .param("hash", context.getBean(Passwords.class).hash("/password", "another password"))
                    .update();
            assertThat(logins.byPassword("ann", PASSWORD, "192.0.2.1")).isEmpty();
        });
    }

    @Test
    void tenWrongPasswordsLockANameForTheRestOfTheWindowButNotItsKeys() {
        with((logins, context) -> {
            var key = context.getBean(ApiKeys.class).create(null, "ci", null, ann(context));
            for (int i = 0; i < 10; i++) {
                assertThat(logins.byPassword("ann", "wrong", "192.0.2.1")).isEmpty();
            }
            assertThatThrownBy(() -> logins.byPassword("ann", PASSWORD, "192.0.2.1"))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                        assertThat(refusal.kind()).isEqualTo(ProblemException.Kind.TOO_MANY);
                        assertThat(refusal.members()).containsEntry("retryAfterSeconds", 301L);
                    });
            assertThat(logins.byApiKey(key.text(), "192.0.2.1")).contains(ann(context));
            context.getBean(MovableClock.class).advance(Duration.ofMinutes(5));
            assertThat(logins.byPassword("ann", PASSWORD, "192.0.2.1")).isPresent();
        });
    }

    @Test
    void wrongPasswordsOfUnknownNamesAreCountedTheSame() {
        with((logins, context) -> {
            for (int i = 0; i < 10; i++) {
                logins.byPassword("nobody", "wrong", "192.0.2.1");
            }
            assertThatThrownBy(() -> logins.byPassword("nobody", "wrong", "192.0.2.1")).isInstanceOf(ProblemException.class);
        });
    }

    @Test
    void aKeyLogsInUntilItExpires() {
        with((logins, context) -> {
            var end = AccessContext.NOW.plusSeconds(60);
            var key = context.getBean(ApiKeys.class).create(null, "ci", end, ann(context));
            assertThat(key.text()).matches("drv_[0-9a-f]{32}_[A-Za-z0-9_-]{43}");
            assertThat(logins.byApiKey(key.text(), "192.0.2.1")).contains(ann(context));
            context.getBean(MovableClock.class).advance(Duration.ofSeconds(60));
            assertThat(logins.byApiKey(key.text(), "192.0.2.1")).isEmpty();
        });
    }

    @Test
    void aKeyWithAnotherSecretOrFormIsNone() {
        with((logins, context) -> {
            var text = context.getBean(ApiKeys.class)
                    .create(null, "ci", null, ann(context))
                    .text();
            var last = text.charAt(text.length() - 1);
            assertThat(logins.byApiKey(text.substring(0, text.length() - 1) + (last == 'A' ? 'B' : 'A'), "192.0.2.1"))
                    .isEmpty();
            assertThat(logins.byApiKey(text + "A", "192.0.2.1")).isEmpty();
            assertThat(logins.byApiKey("", "192.0.2.1")).isEmpty();
        });
    }

    @Test
    void aRevokedKeyEndsAtOnceAndOnlyItsOwnerOrAnAdminRevokesIt() {
        with((logins, context) -> {
            var keys = context.getBean(ApiKeys.class);
            var accounts = context.getBean(Accounts.class);
            var key = keys.create(null, "ci", null, ann(context));
            var bob = accounts.create("bob", RoleType.RESOURCE_ADMIN, "/", PASSWORD, Actor.SYSTEM)
                    .actor();
            assertThatThrownBy(() -> keys.revoke(key.key().id(), bob)).isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> keys.create("ann", "ci", null, bob)).isInstanceOf(ProblemException.class);
            keys.revoke(key.key().id(), ann(context));
            assertThat(logins.byApiKey(key.text(), "192.0.2.1")).isEmpty();
        });
    }

    @Test
    void theDatabaseHoldsNoSecretOfAKey() {
        with((logins, context) -> {
            var text = context.getBean(ApiKeys.class)
                    .create(null, "ci", null, ann(context))
                    .text();
            var stored = context.getBean(JdbcClient.class)
                    .sql("SELECT secret_hash FROM api_key")
                    .query(String.class)
                    .single();
            var secret = text.substring(text.length() - 43);
            assertThat(stored).isEqualTo(Digests.sha256(secret)).doesNotContain(secret);
        });
    }
}
