package io.drover.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Databases of one kind, which live as long as this. */
final class Databases implements AutoCloseable {
    private final String kind;
    private final Path directory;
    private final String options;
    private final @Nullable EmbeddedPostgres postgres;
    private final Path postgresData;
    private final List<Database> made = new ArrayList<>();

    Databases(String kind, Path directory, String options) throws IOException {
        ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
        this.kind = kind;
        this.directory = Files.createDirectories(directory);
        this.options = options;
        this.postgresData = directory.resolve("postgresql");
        this.postgres = kind.equals("postgresql")
                ? EmbeddedPostgres.builder()
                        .setDataDirectory(postgresData)
                        .setServerConfig("max_connections", "300")
                        .start()
                : null;
    }

    String kind() {
        return kind;
    }

    Database create(String name) throws SQLException {
        var database = postgres == null ? h2(name) : postgres(postgres, name);
        made.add(database);
        return database;
    }

    private Database h2(String name) {
        var url = "jdbc:h2:file:" + directory.resolve(name).toAbsolutePath() + options();
        return new Database(url, "drover", "");
    }

    /** What stands behind the file in the URLs of H2. */
    String options() {
        return optionsOfDrover() + options;
    }

    /** What stands behind the file in the URL that Drover uses by default. */
    private static String optionsOfDrover() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        var url = Objects.requireNonNull(yaml.getObject()).getProperty("spring.datasource.url");
        return url.substring(url.indexOf(';'));
    }

    private static Database postgres(EmbeddedPostgres server, String name) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Database(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    /** The process id of the database's own server; null when it has none. */
    @Nullable
    Long server() throws IOException {
        return postgres == null
                ? null
                : Long.valueOf(Files.readAllLines(postgresData.resolve("postmaster.pid"))
                        .get(0)
                        .strip());
    }

    @Override
    public void close() throws IOException {
        made.forEach(Database::close);
        if (postgres != null) {
            postgres.close();
        }
    }
}
