package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;

class AccountsTests {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path home;

    private void with(BiConsumer<Accounts, ApplicationContext> test) {
        AccessContext.runner(home).run(context -> test.accept(context.getBean(Accounts.class), context));
    }

    private static Actor admin(Accounts accounts) {
        return accounts.actor("admin").orElseThrow();
    }

    @Test
    void anAccountIsFoundByNameAndById() {
        with((accounts, context) -> {
            var ann = accounts.create("ann", RoleType.DOMAIN_ADMIN, "/sales/emea", PASSWORD, admin(accounts));
            assertThat(accounts.get("ann")).isEqualTo(ann);
            assertThat(accounts.get(ann.id().toString())).isEqualTo(ann);
            assertThat(accounts.number(ann.id()))
                    .isGreaterThan(accounts.get("admin").number());
            assertThat(accounts.list(new PageRequest(10, null)).items())
                    .extracting(Account::name)
                    .containsExactly("admin", "ann");
        });
    }

    @Test
    void aWorkerIsReadWithASingleConnection() {
        AccessContext.runner(home)
                .withPropertyValues(
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.datasource.hikari.connection-timeout=500")
                .run(context -> {
                    var accounts = context.getBean(Accounts.class);
                    var topics = List.of("dns", "mail");
                    var worker = accounts.create("w", RoleType.WORKER, "/", topics, PASSWORD, admin(accounts));

                    try (var other = context.getBean(DataSource.class).getConnection()) {
                        assertThat(accounts.get(worker.id().toString()).topics())
                                .as("beside " + other)
                                .isEqualTo(topics);
                        assertThat(accounts.list(new PageRequest(10, null)).items())
                                .contains(accounts.get("w"));
                    }
                });
    }

    @Test
    void changesAreSaidWithoutThePassword() {
        with((accounts, context) -> {
            var actor = admin(accounts);
            accounts.create("ann", RoleType.USER, "/", PASSWORD, actor);
            accounts.disable("ann", actor);
            accounts.changePassword("ann", "another password", null, actor);
            var seen = context.getBean(AccessContext.Changes.class).seen;
            assertThat(seen)
                    .extracting(AccessChange::kind)
                    .containsExactly(
                            "account.created", "account.created", "account.updated", "account.password-changed");
            assertThat(seen.get(2).body()).isEqualTo(Map.of("enabled", false));
            assertThat(seen.toString()).doesNotContain(PASSWORD, "another password");
        });
    }

    @Test
    void aNameIsTakenOnce() {
        with((accounts, context) -> {
            accounts.create("ann", RoleType.USER, "/", PASSWORD, admin(accounts));
            assertThatThrownBy(() -> accounts.create("ann", RoleType.USER, "/", PASSWORD, admin(accounts)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("'ann'");
        });
    }

    @Test
    void nobodyIsCalledSystem() {
        with((accounts, context) -> assertThatThrownBy(
                        () -> accounts.create("system", RoleType.USER, "/", PASSWORD, admin(accounts)))
                .isInstanceOf(ProblemException.class));
    }

    @Test
    void refusesPasswordsThatAreTooShortOrLongerThanBcryptLooksAt() {
        with((accounts, context) -> {
            assertThatThrownBy(() -> accounts.create("ann", RoleType.USER, "/", "elevenchars", admin(accounts)))
                    .hasMessageContaining("at least 12");
            assertThatThrownBy(() -> accounts.create("ann", RoleType.USER, "/", "ä".repeat(37), admin(accounts)))
                    .hasMessageContaining("at most 72 bytes");
            accounts.create("ann", RoleType.USER, "/", "x".repeat(72), admin(accounts));
            var logins = context.getBean(Logins.class);
            assertThat(logins.byPassword("ann", "x".repeat(72), "192.0.2.1")).isPresent();
            assertThat(logins.byPassword("ann", "x".repeat(73), "192.0.2.1")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sales", "/sales/", "//", "/sales//emea", "/../x", "/a b", "/-a"})
    void refusesADomainThatIsNoPath(String domain) {
        assertThatThrownBy(() -> DomainPath.check("/domain", domain)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sales", "/sales/emea", "/a.b/c_d-1"})
    void acceptsADomainThatIsAPath(String domain) {
        assertThat(DomainPath.check("/domain", domain)).isEqualTo(domain);
    }

    @Test
    void theLastEnabledAdminStaysOne() {
        with((accounts, context) -> {
            var actor = admin(accounts);
            accounts.create("second", RoleType.ADMIN, "/", PASSWORD, actor);
            accounts.disable("second", actor);
            assertThatThrownBy(() -> accounts.disable("admin", actor)).hasMessageContaining("last enabled Admin");
            var demotion = new AccountUpdate(RoleType.USER, null, null);
            assertThatThrownBy(() -> accounts.update("admin", demotion, actor))
                    .hasMessageContaining("last enabled Admin");
            accounts.enable("second", actor);
            assertThat(accounts.update("admin", demotion, actor).role()).isEqualTo(RoleType.USER);
        });
    }

    @Test
    void onesOwnPasswordNeedsTheCurrentOne() {
        with((accounts, context) -> {
            var ann = accounts.create("ann", RoleType.USER, "/", PASSWORD, admin(accounts))
                    .actor();
            assertThatThrownBy(() -> accounts.changePassword("ann", "another password", null, ann))
                    .hasMessageContaining("/currentPassword");
            assertThatThrownBy(() -> accounts.changePassword("ann", "another password", "not this one", ann))
                    .hasMessageContaining("/currentPassword");
            accounts.changePassword("ann", "another password", PASSWORD, ann);
            var logins = context.getBean(Logins.class);
            assertThat(logins.byPassword("ann", PASSWORD, "192.0.2.1")).isEmpty();
            assertThat(logins.byPassword("ann", "another password", "192.0.2.1"))
                    .isPresent();
        });
    }

    @Test
    void onlyAnAdminSetsSomebodyElsesPassword() {
        with((accounts, context) -> {
            var ann = accounts.create("ann", RoleType.RESOURCE_ADMIN, "/", PASSWORD, admin(accounts))
                    .actor();
            assertThatThrownBy(() -> accounts.changePassword("admin", "another password", PASSWORD, ann))
                    .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.kind())
                            .isEqualTo(ProblemException.Kind.FORBIDDEN));
        });
    }
}
