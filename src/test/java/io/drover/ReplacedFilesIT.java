package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that have put something else in the place of their run's files keep a server that comes back from nothing. */
class ReplacedFilesIT {
    private static final List<String> KINDS = List.of(
            "rm stdout; mkfifo stdout",
            "rm stderr exit pid; mkfifo stderr exit pid fenced",
            "rm stdout; ln -s /dev/zero stdout",
            "rm stdout; mkdir stdout",
            "d=$PWD; mv $d $d.moved; mkfifo $d",
            "d=$PWD; mv $d $d.moved; ln -s / $d",
            "echo 0 >exit; kill -9 $PPID");

    private final Path home = DroverServer.newHome();
    private DroverServer server;

    @AfterEach
    void stop() {
        server.kill();
    }

    @Test
    void everythingIsTakenUpAfterARestart() throws IOException {
        server = DroverServer.start(home);
        List<String> operations = new ArrayList<>();
        for (int i = 0; i < KINDS.size(); i++) {
            operations.add(begun(KINDS.get(i), home.resolve("begun-" + i)));
        }
        operations.add(begun(":", home.resolve("begun-well")));
        await().until(() -> marks() == operations.size());

        server.kill();
        server = DroverServer.start(home);

        for (var operation : operations) {
            assertThat(server.admin().awaitEnd(operation).path("state").asText())
                    .isEqualTo("SUCCEEDED");
        }
        for (var bad : operations.subList(0, KINDS.size())) {
            assertThat(server.admin().actions(bad).toString()).contains("\"lost\"");
        }
        assertThat(server.admin().actions(operations.get(KINDS.size())).toString())
                .doesNotContain("\"lost\"");
        await().untilAsserted(() -> assertThat(home.resolve("runs")).isEmptyDirectory());
    }

    /** Begins an operation whose program does something once, the first time that it creates a VM, and then goes on for a while. */
    private String begun(String what, Path mark) throws IOException {
        var script = """
                #!/bin/sh
                if [ "$1" = create ] && [ ! -e %1$s ]; then
                    %2$s
                    : >%1$s
                    sleep 8
                fi
                echo '{"status":"success"}'
                """.formatted(mark, what);
        var inventory = server.inventory();
        var site = inventory.site(inventory.extension(script));
        return inventory.deploy(site, Map.of()).expecting(202).path("id").asText();
    }

    private long marks() throws IOException {
        try (var files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().startsWith("begun-"))
                    .count();
        }
    }
}
