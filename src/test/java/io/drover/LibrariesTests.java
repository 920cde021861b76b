package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Libraries do not go back behind the releases that closed a hole, and what keeps the others' holes shut stays so. */
class LibrariesTests {

    @ParameterizedTest
    @CsvSource({
        "tomcat-embed-core, 10.1.62",
        "jackson-databind, 2.21.8",
        "jackson-core, 2.21.8",
        "jackson-dataformat-yaml, 2.21.8",
        "postgresql, 42.7.14",
        "commons-lang3, 3.22.0",
        "logback-classic, 1.5.38",
        "logback-core, 1.5.38",
        "hibernate-validator, 8.0.6",
        "snakeyaml, 2.7",
        "spring-modulith-api, 1.4.13"
    })
    void aLibraryIsAtLeastTheReleaseThatClosedItsHoles(String library, String least) {
        var jar = Pattern.compile("[/\\\\]" + Pattern.quote(library) + "-(\\d[^/\\\\]*?)(\\.Final)?\\.jar$");
        var versions = Pattern.compile(Pattern.quote(java.io.File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(jar::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(found -> Version.parse(found.group(1)))
                .toList();

        assertThat(versions).as(library).isNotEmpty().allSatisfy(version -> assertThat(version)
                .isGreaterThanOrEqualTo(Version.parse(least)));
    }

    @Test
    void theDocumentNamesTheSameVersions() throws IOException {
        var document = Files.readString(Path.of("docs/SECURITY.md"));
        var pom = Files.readString(Path.of("pom.xml"));
        for (var property : List.of(
                "tomcat",
                "jackson-bom",
                "postgresql",
                "commons-lang3",
                "logback",
                "hibernate-validator",
                "snakeyaml",
                "spring-modulith")) {
            var version =
                    Pattern.compile("<" + property + "\\.version>([^<]+)<").matcher(pom);
            assertThat(version.find()).as(property).isTrue();
            assertThat(document).contains("| " + version.group(1) + " |");
        }
    }

    /** CVE-2026-59378 needs a health path besides the usual ones, or actuator at the root. */
    @Test
    void healthHasNoOtherPathsAndActuatorItsOwn() throws IOException {
        for (var source :
                new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))) {
            var names = ((org.springframework.core.env.EnumerablePropertySource<?>) source).getPropertyNames();
            assertThat(names)
                    .noneMatch(name -> name.contains("additional-path"))
                    .noneMatch(name -> name.startsWith("management.endpoint.health.group.")
                            && !name.startsWith("management.endpoint.health.group.liveness.")
                            && !name.startsWith("management.endpoint.health.group.readiness."))
                    .noneMatch(name -> name.startsWith("management.endpoints.web.base-path"))
                    .noneMatch(name -> name.startsWith("management.endpoints.web.path-mapping"))
                    .noneMatch(name -> name.contains("add-additional-paths"));
            assertThat(source.getProperty("management.endpoints.web.exposure.include"))
                    .isEqualTo("health,metrics");
        }
    }

    @Test
    void theBuildWritesABillOfMaterials() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<artifactId>cyclonedx-maven-plugin</artifactId>");
        var written = Path.of("target/classes/META-INF/sbom/application.cdx.json");
        if (Files.exists(written)) {
            assertThat(Files.readString(written)).contains("CycloneDX", "tomcat-embed-core");
        }
    }
}
