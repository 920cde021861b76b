package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo in each way in which programs can be held: what it says it has done can be seen afterwards. */
@Tag("matrix")
class DemoModesIT {
    private static final String USER = "--drover.runner.user=nobody";
    private static final String SANDBOX = "--drover.runner.sandbox=bwrap";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private DroverServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.kill();
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void keepsWhatItDoes(boolean user, boolean sandbox) throws IOException, InterruptedException {
        assumeTrue(!user || isRoot(), "only root can run programs as another user");
        assumeTrue(!sandbox || isSandboxed(user), "bubblewrap does not work on this machine");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        var home = Files.createDirectory(directory.resolve("home"));

        List<String> settings = new ArrayList<>();
        if (user) {
            settings.add(USER);
        }
        if (sandbox) {
            settings.add(SANDBOX);
        }
        server = DroverServer.start(home, settings.toArray(String[]::new));

        var admin = server.admin();
        var spec = Map.of("name", "web-1", "template", "tiny", "serviceOffering", "small", "networks", List.of("demo"));
        var deployed = admin.post("/api/v1/vms", spec).expecting(202);
        assertThat(admin.awaitEnd(deployed.path("id").asText()).path("state").asText())
                .isEqualTo("SUCCEEDED");
        var asked = admin.post("/api/v1/vms/web-1/status", Map.of()).expecting(202);
        assertThat(admin.awaitEnd(asked.path("id").asText()).path("state").asText())
                .isEqualTo("SUCCEEDED");

        assertThat(admin.vm("web-1").path("powerState").asText()).isEqualTo("PowerOn");
        var vms = home.resolve("simulator/vms");
        assertThat(vms.toFile().list()).hasSize(1);
        assertThat(Files.getOwner(vms, LinkOption.NOFOLLOW_LINKS).getName())
                .isEqualTo(user ? "nobody" : System.getProperty("user.name"));
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static boolean isSandboxed(boolean user) throws IOException, InterruptedException {
        var bwrap = "bwrap --ro-bind / / --unshare-pid --proc /proc true";
        var command = user ? "setpriv --reuid=65534 --clear-groups " + bwrap : bwrap;
        return new ProcessBuilder("/bin/sh", "-c", command).start().waitFor() == 0;
    }
}
