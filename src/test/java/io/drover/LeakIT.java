package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.drover.secret.Unmasked;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Secrets of every kind, given at every level and door, and an extension that tells all of them in every spelling: none is in the
 * database's file, the log at its finest, the answers, or what is left of runs. Unmasked, the same reader finds them in each place.
 */
@Tag("matrix")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = DroverApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class LeakIT {
    private static final Path HOME = home();
    private static final Path EXTENSIONS = HOME.resolve("extensions");

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private URI server;
    private DroverClient admin;
    private LeakedSecrets planted;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("drover.home", HOME::toString);
        registry.add("drover.extensions.directories", () -> "extensions," + EXTENSIONS);
        registry.add("logging.level.root", () -> "TRACE");
        registry.add("logging.level.org.springframework.web", () -> "TRACE");
        registry.add("logging.level.org.springframework.jdbc", () -> "TRACE");
        registry.add("logging.level.org.apache.coyote", () -> "TRACE");
        registry.add("logging.level.io.drover", () -> "TRACE");
    }

    @BeforeEach
    void logIn() throws IOException {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/env"))).isTrue();
        server = URI.create("http://localhost:" + port);
        var password = Files.readString(HOME.resolve("initial-admin-password")).strip();
        admin = DroverClient.basic(server, "admin", password);
        planted = new LeakedSecrets();
    }

    @Test
    void noSecretIsInAnyPlace(CapturedOutput log) throws IOException {
        var life = new LeakLife(admin, server, EXTENSIONS, planted);

        life.run();

        Map<String, String> places = places(life, log);
        var found = planted.in(places);
        var searched = new ArrayList<>(places.keySet());
        var open = new LeakLife(admin, server, EXTENSIONS, new LeakedSecrets(planted));
        Unmasked.run(open::run);
        var control = planted.in(places(open, log));
        System.out.printf(
                "%d secrets x %d spellings x %d places: %d found; unmasked: %d%n",
                planted.size(), planted.spellings(), searched.size(), found.size(), control.size());
        assertThat(found).as("secrets that can be read").isEmpty();
        for (var place : searched) {
            if (LeakLife.MASKED.contains(place)) {
                assertThat(control).as("what is found unmasked in %s", place).anyMatch(it -> it.startsWith(place));
            }
        }
    }

    private Map<String, String> places(LeakLife life, CapturedOutput log) throws IOException {
        Map<String, String> places = new LinkedHashMap<>(life.answers());
        places.put("log", log.getAll());
        jdbc.execute("CHECKPOINT SYNC");
        for (var row : jdbc.queryForList(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'PUBLIC'"
                        + " AND data_type IN ('CHARACTER VARYING', 'CHARACTER LARGE OBJECT', 'BINARY LARGE OBJECT', 'BINARY VARYING')")) {
            var table = String.valueOf(row.get("TABLE_NAME"));
            var column = String.valueOf(row.get("COLUMN_NAME"));
            places.put("column " + table + "." + column, column(table, column));
        }
        places.put("database file", raw(HOME.resolve("db")));
        places.put("files", files());
        return places;
    }

    private String column(String table, String column) {
        var text = new StringBuilder();
        jdbc.query("SELECT \"" + column + "\" FROM \"" + table + "\"", row -> {
            var value = row.getObject(1);
            if (value instanceof byte[] bytes) {
                text.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
            } else if (value != null) {
                text.append(row.getString(1)).append('\n');
            }
        });
        return text.toString();
    }

    private static String raw(Path directory) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** All but the programs themselves, the key, and the password that is there to be read. */
    private static String files() throws IOException {
        var text = new StringBuilder();
        List<String> notRead = List.of("extensions", "packages", "keys", "db", "initial-admin-password");
        try (var files = Files.walk(HOME)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!notRead.contains(HOME.relativize(file).getName(0).toString())) {
                    text.append(file)
                            .append('\n')
                            .append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return text.toString();
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "leak-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
