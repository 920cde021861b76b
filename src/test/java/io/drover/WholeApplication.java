package io.drover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application behind HTTP, one for all tests of this kind; each test makes an inventory of its own in it. */
@SpringBootTest(classes = DroverApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class WholeApplication {
    static final String PASSWORD = "correct horse battery";
    static final Path HOME = home();
    static final Path EXTENSIONS = HOME.resolve("extensions");

    @LocalServerPort
    int port;

    URI server;
    DroverClient admin;
    Inventory inventory;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("drover.home", HOME::toString);
        registry.add("drover.extensions.directories", () -> "extensions," + EXTENSIONS);
        registry.add("drover.extensions.allowed-directories.images", () -> HOME.resolve("vms") + ",/srv/images");
        registry.add("drover.runner.grace", () -> "500ms");
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:whole;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
    }

    @BeforeEach
    void logIn() throws IOException {
        server = URI.create("http://localhost:" + port);
        var password = Files.readString(HOME.resolve("initial-admin-password")).strip();
        admin = DroverClient.basic(server, "admin", password);
        inventory = new Inventory(admin, HOME, EXTENSIONS);
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Somebody new with this role. */
    DroverClient caller(String role, String domain) {
        return DroverClient.basic(server, account(role, domain), PASSWORD);
    }

    String account(String role, String domain) {
        var name = unique("a");
        var body = Map.of("name", name, "role", role, "domain", domain, "password", PASSWORD);
        admin.post("/api/v1/accounts", body).expecting(201);
        return name;
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "home-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
