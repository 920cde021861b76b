package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs that run as another user than the server; needs root. */
class RunUserTests extends RunFixture {
    private static final ConfinementProperties NOBODY = new ConfinementProperties("nobody", Kind.NONE, List.of());

    private ExtensionRunner apart;

    @BeforeEach
    void become() throws IOException {
        assumeTrue(RunUser.isRoot(), "only root can run programs as another user");
        Files.createDirectory(home.resolve("keys"));
        Files.createDirectories(home.resolve("db"));
        Files.writeString(home.resolve("db/drover"), "secret");
        apart = runner(Duration.ofMillis(500), NOBODY, new RunLimits(null, null, null, 200L));
    }

    @Test
    void runsTheProgramAsThatUserAndNothingElse() throws IOException {
        var result = runApart(
                "id -un; id -Gn; echo $HOME $USER; grep -E 'CapEff|CapPrm|CapInh' /proc/self/status; ulimit -p");

        var lines = result.output().text().lines().toList();
        assertThat(lines.get(0)).isEqualTo("nobody");
        assertThat(lines.get(1)).doesNotContain("root");
        assertThat(lines.get(2)).endsWith(" nobody");
        assertThat(lines.subList(3, 6)).allMatch(line -> line.endsWith("0000000000000000"));
        assertThat(lines.get(6)).isEqualTo("200");
    }

    @Test
    void letsItReadItsPayloadAndWriteToItsWorkingDirectory() throws IOException {
        var result = runApart("pwd; cat \"$2\"; echo x >file; cat file; exit 3");

        assertThat(result.output().text()).isEqualTo(file("work") + "\n{\"a\":1}x\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(mode(file("payload.json"))).isEqualTo("rw-------");
        assertThat(mode(runDirectory())).isEqualTo("rwx--x---");
    }

    @Test
    void keepsItFromWhatTheServerBelieves() throws IOException {
        var other = Files.createDirectory(
                home.resolve("runs").resolve(UUID.randomUUID().toString()));
        var result = runApart(("""
                for f in ../exit ../pid ../stdout %s/exit ../../x; do echo 0 >"$f" && echo "wrote $f"; done
                rm -f ../payload.json; mv ../work ../gone; ln -s /etc ../link; ls .. ../.. ../../db && echo listed
                cat ../../../db/drover && echo read
                kill -9 $PPID && echo killed
                exit 4""").formatted(other));

        assertThat(result.output().text()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(file("payload.json")).exists();
        assertThat(mode(home.resolve("db"))).isEqualTo("rwx------");
        assertThat(mode(home)).isEqualTo("rwx--x---");
    }

    @Test
    void letsItOpenItsStreamsByName() throws IOException {
        var payload = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var program = script("echo a; echo b >/dev/stdout; echo c >/dev/stderr");

        var result = await(apart.run(new RunRequest(id, program, "start", payload, LONG, true, Map.of())));

        assertThat(result.output().text()).isEqualTo("a\nb\n");
        assertThat(result.errorOutput().text()).isEqualTo("c\n");
    }

    @Test
    void endsAllOfItsProcesses() throws IOException {
        var run = apart.run(
                request(script("trap '' TERM; setsid sleep 1000 & (env -i sleep 1000 &); touch ready; sleep 1000")));
        awaitFile("work/ready");

        apart.cancel(id);

        assertThat(await(run).ending()).isEqualTo(Ending.CANCELLED);
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void picksARunUpAgain() throws IOException {
        apart.run(request(script("touch ready; until [ -e release ]; do sleep 0.02; done; echo after; exit 3")));
        awaitFile("work/ready");
        apart.destroy();
        var later = runner(Duration.ZERO, NOBODY, RunLimits.NONE);

        var run = later.resume(id, Instant.EPOCH, Instant.parse("2126-01-01T00:00:00Z"))
                .orElseThrow();
        Files.createFile(file("work/release"));

        assertThat(await(run).exitCode()).isEqualTo(3);
    }

    @Test
    void forgetsARunWithoutFollowingTheProgramsLinks() throws IOException {
        var precious = Files.writeString(
                Files.createDirectory(home.resolve("precious")).resolve("file"), "x");
        runApart("mkdir -p a/b; ln -s %s a/b/link; ln -s %s link; mkdir locked; touch locked/f; chmod 0 locked"
                .formatted(home.resolve("precious"), precious));

        apart.forget(id);

        assertThat(home.resolve("runs")).isEmptyDirectory();
        assertThat(precious).exists();
    }

    @Test
    void takesTheWayThroughHomeBackOnceNoUserIsSet() throws IOException {
        runner(Duration.ZERO);

        assertThat(mode(home)).isEqualTo("rwx------");
        assertThat(mode(home.resolve("runs"))).isEqualTo("rwx------");
    }

    @Test
    void refusesAUserThatDoesNotExist() {
        var held = new ConfinementProperties("no-such-user", Kind.NONE, List.of());

        assertThatThrownBy(() -> runner(Duration.ZERO, held, RunLimits.NONE))
                .isInstanceOf(RunnerRefusal.class)
                .hasMessage("drover.runner.user is no-such-user, but there is no such user");
    }

    @Test
    void refusesAHomeThatTheUserCannotReach() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        home = Files.createDirectories(home.resolve("deeper"));
        Files.createDirectory(home.resolve("runs"));

        assertThatThrownBy(() -> runner(Duration.ZERO, NOBODY, RunLimits.NONE))
                .isInstanceOf(RunnerRefusal.class)
                .hasMessageContaining("Permission denied");
    }

    private RunResult runApart(String body) throws IOException {
        return await(apart.run(request(script(body))));
    }

    private static RunResult await(CompletableFuture<RunResult> run) {
        return run.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
