package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class InitialAdminTests {
    @TempDir
    Path home;

    Path file;
    ApplicationContextRunner server;

    @BeforeEach
    void prepare() {
        file = home.resolve("initial-admin-password");
        server = AccessContext.runner(home);
    }

    private String written() throws IOException {
        return Files.readString(file).strip();
    }

    @Test
    void theFirstStartMakesAnAdminWithThePasswordInTheFile(CapturedOutput output) {
        server.run(context -> {
            var login = context.getBean(Logins.class).byPassword("admin", written(), "192.0.2.1");
            assertThat(login).map(Login::actor).hasValueSatisfying(actor -> {
                assertThat(actor.role()).isEqualTo(RoleType.ADMIN);
                assertThat(actor.domain()).isEqualTo("/");
            });
            assertThat(written()).matches("[A-Za-z0-9_-]{20,}");
            assertThat(output.getOut()).containsOnlyOnce(written());
        });
    }

    @Test
    void onlyTheOwnerMayReadTheFile() {
        server.run(context -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
    }

    @Test
    void laterStartsLeaveThePasswordAloneAndDoNotPrintItAgain(CapturedOutput output) throws IOException {
        server.run(context -> {});
        var first = written();
        server.run(context -> {
            assertThat(written()).isEqualTo(first);
            assertThat(context.getBean(Logins.class).byPassword("admin", first, "192.0.2.1")).isPresent();
        });
        assertThat(output.getOut()).containsOnlyOnce(first);
    }

    @Test
    void aStartThatDiedAfterWritingTheFileIsMadeGoodByTheNext() throws IOException {
        Files.writeString(file, "from-a-start-that-died-half-way\n");
        server.run(context -> {
            assertThat(context.getBean(Logins.class).byPassword("admin", written(), "192.0.2.1"))
                    .isPresent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        });
    }

    @Test
    void theFileIsGoneOnceThePasswordIsChanged() {
        server.run(context -> {
            var accounts = context.getBean(Accounts.class);
            var admin = accounts.actor("admin").orElseThrow();
            accounts.changePassword("admin", "a better password", written(), admin);
            assertThat(file).doesNotExist();
            assertThat(accounts.get("admin").passwordInitial()).isFalse();
        });
    }

    @Test
    void aRefusedChangeLeavesTheFile() {
        server.run(context -> {
            var accounts = context.getBean(Accounts.class);
            var admin = accounts.actor("admin").orElseThrow();
            var password = written();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> accounts.changePassword("admin", "short", password, admin)))
                    .isNotNull();
            assertThat(file).exists();
        });
    }

    @Test
    void aFileLeftBehindByAChangeOnAnotherNodeIsGoneAfterTheNextStart() throws IOException {
        server.run(context -> {
            var accounts = context.getBean(Accounts.class);
            accounts.changePassword(
                    "admin",
                    "a better password",
                    written(),
                    accounts.actor("admin").orElseThrow());
        });
        Files.writeString(file, "long since changed\n");
        server.run(context -> assertThat(file).doesNotExist());
    }
}
