package io.drover.extension;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.access.SecretBox;
import io.drover.extension.action.CustomActionSlice;
import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.manifest.ManifestReader;
import io.drover.extension.run.RequirementCheck;
import io.drover.history.History;
import io.drover.home.Home;
import io.drover.inventory.Cluster;
import io.drover.inventory.Clusters;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.node.Nodes;
import io.drover.node.ThisNode;
import io.drover.page.PageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.FileSystemUtils;

/** The registry on a real database and real directories; the inventory is played. */
@JdbcTest
@ImportAutoConfiguration(JacksonAutoConfiguration.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    AllowedDirectories.class,
    BuiltInResources.class,
    BuiltInExtensions.class,
    ConfigurationCheck.class,
    Creation.class,
    Drafting.class,
    ExtensionNodes.class,
    ExtensionDirectories.class,
    ExtensionFolders.class,
    ExtensionRepository.class,
    ExtensionScan.class,
    Extensions.class,
    FileAgreement.class,
    Home.class,
    ManifestReader.class,
    ManifestSecrets.class,
    ManifestText.class,
    MappingCheck.class,
    MappingRepository.class,
    Mappings.class,
    ReadinessCheck.class,
    ReadinessRecord.class,
    ReadinessRepository.class,
    RegisteredNames.class,
    Registration.class,
    Removal.class,
    Scaffold.class,
    ThisNode.class,
    UnpackedVersions.class,
    VersionChange.class,
    VersionRepository.class,
    CanaryRepository.class,
    Versions.class,
    CustomActionSlice.class,
    RegistryTests.Surroundings.class
})
abstract class RegistryTests {
    static final Actor ADMIN = new Actor(UUID.randomUUID(), "root", RoleType.ADMIN, "/");
    static final Actor RESOURCE_ADMIN = new Actor(UUID.randomUUID(), "ops", RoleType.RESOURCE_ADMIN, "/");

    /** One for all classes of a JVM, since they share the context that was told of it. */
    static final Path ROOT = Path.of(
                    "target",
                    "registry-tests",
                    Long.toString(ProcessHandle.current().pid()))
            .toAbsolutePath();

    @Autowired
    Extensions extensions;

    @Autowired
    ExtensionNodes nodes;

    @Autowired
    Details details;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) {
        registry.add("drover.home", () -> ROOT.resolve("home").toString());
        registry.add("drover.extensions.directories", () -> first() + "," + last());
    }

    static Path first() {
        return ROOT.resolve("first");
    }

    static Path last() {
        return ROOT.resolve("last");
    }

    @BeforeEach
    void startAnew() throws IOException {
        for (var table : List.of(
                "detail", "resource_map", "template", "custom_action", "extension", "host", "cluster", "history")) {
            jdbc.sql("DELETE FROM " + table).update();
        }
        FileSystemUtils.deleteRecursively(ROOT.resolve("home/packages"));
        for (var directory : List.of(first(), last())) {
            FileSystemUtils.deleteRecursively(directory);
            Files.createDirectories(directory);
        }
    }

    NewExtension named(String name) {
        return new NewExtension(name, null, null, Map.of(), false, true);
    }

    NewExtension at(String name, String path) {
        return new NewExtension(name, null, path, Map.of(), false, true);
    }

    Path manifest(Path directory, String folder, String text) throws IOException {
        Files.createDirectories(directory.resolve(folder));
        return Files.writeString(directory.resolve(folder).resolve("extension.yaml"), text);
    }

    UUID cluster(String name) {
        var id = UUID.randomUUID();
        jdbc.sql("INSERT INTO cluster (id, name, created_at) VALUES (?, ?, ?)")
                .params(id, name, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                .update();
        return id;
    }

    void template(String name, UUID extension) {
        jdbc.sql("INSERT INTO template (id, name, arch, extension_id, created_at) VALUES (?, ?, 'x86_64', ?, ?)")
                .params(UUID.randomUUID(), name, extension, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                .update();
    }

    /** What happened to extensions; their custom actions have records of their own. */
    List<String> history() {
        return jdbc.sql("SELECT kind FROM history WHERE subject_type = 'extension' ORDER BY seq")
                .query(String.class)
                .list();
    }

    /** With that of custom actions, but without that of files. */
    List<String> historyOfDefinitions() {
        return jdbc.sql("SELECT kind FROM history WHERE kind <> 'extension.files-changed' ORDER BY seq")
                .query(String.class)
                .list();
    }

    List<String> historyBodies() {
        return jdbc.sql("SELECT body FROM history WHERE subject_type = 'extension' ORDER BY seq")
                .query(String.class)
                .list();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @Import(PageReader.class)
    @EnableConfigurationProperties(ExtensionProperties.class)
    @ComponentScan(
            basePackageClasses = History.class,
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.web\\..*"))
    static class Surroundings {
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
        }

        /** One that leaves everything as it is. */
        @Bean
        SecretBox secretBox() {
            var box = mock(SecretBox.class);
            when(box.seal(anyString())).thenAnswer(call -> call.getArgument(0));
            when(box.open(anyString())).thenAnswer(call -> call.getArgument(0));
            when(box.sealBytes(any())).thenAnswer(call -> call.getArgument(0));
            when(box.openBytes(any())).thenAnswer(call -> call.getArgument(0));
            return box;
        }

        @Bean
        RequirementCheck requirements() {
            return new RequirementCheck("/usr/bin:/bin");
        }

        /** Alone, unless a test says otherwise. */
        @Bean
        Nodes nodes() {
            return mock(Nodes.class);
        }

        @Bean
        Details details() {
            Map<UUID, Map<String, String>> values = new HashMap<>();
            Map<UUID, Set<String>> secrets = new HashMap<>();
            var details = mock(Details.class);
            when(details.of(any(DetailOwner.class), any(UUID.class)))
                    .thenAnswer(call -> values.getOrDefault(call.<UUID>getArgument(1), Map.of()));
            when(details.of(any(DetailOwner.class), any(Collection.class))).thenAnswer(call -> {
                Map<UUID, Map<String, String>> found = new HashMap<>(values);
                found.keySet().retainAll(call.<Collection<UUID>>getArgument(1));
                return found;
            });
            when(details.masked(any(DetailOwner.class), any(UUID.class))).thenAnswer(call -> {
                Map<String, String> masked = new TreeMap<>(values.getOrDefault(call.<UUID>getArgument(1), Map.of()));
                secrets.getOrDefault(call.<UUID>getArgument(1), Set.of())
                        .forEach(name -> masked.computeIfPresent(name, (key, value) -> "******"));
                return masked;
            });
            doAnswer(call -> {
                        values.put(call.getArgument(1), Map.copyOf(call.<Map<String, String>>getArgument(2)));
                        secrets.put(call.getArgument(1), new TreeSet<>(call.<Set<String>>getArgument(3)));
                        return null;
                    })
                    .when(details)
                    .replace(any(), any(), any(), any());
            return details;
        }

        @Bean
        Clusters clusters(JdbcClient jdbc) {
            var clusters = mock(Clusters.class);
            when(clusters.get(anyString())).thenAnswer(call -> jdbc.sql("SELECT id, name FROM cluster WHERE name = ?")
                    .param(call.<String>getArgument(0))
                    .query((row, number) -> {
                        var cluster = mock(Cluster.class);
                        when(cluster.id()).thenReturn(row.getObject("id", UUID.class));
                        when(cluster.name()).thenReturn(row.getString("name"));
                        return cluster;
                    })
                    .single());
            return clusters;
        }
    }
}
