package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class DocumentationTests {
    private static final Pattern FENCE = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    private static final Pattern ROW = Pattern.compile("^\\| `(drover\\.[a-z.-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern SINGLE = Pattern.compile("(?:name = \"|\\$\\{)(drover\\.[a-z.-]+)[\"}]");

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (var link : links(page)) {
            if (!resolves(page, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).as("broken links of %s", page).isEmpty();
    }

    @Test
    void theOperationsGuideHasExactlyTheSettingsThatTheCodeHas() throws Exception {
        var documented = ROW.matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(settings());
    }

    static List<Path> pages() throws IOException {
        try (var top = Files.list(Path.of("."));
                var docs = Files.walk(Path.of("docs"));
                var extensions = Files.walk(Path.of("extensions"))) {
            return Stream.of(top, docs, extensions)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Path::normalize)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> links(Path page) throws IOException {
        var text = FENCE.matcher(Files.readString(page)).replaceAll("");
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static boolean resolves(Path page, String link) throws IOException {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        var text = FENCE.matcher(Files.readString(page)).replaceAll("");
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> settings() throws Exception {
        Set<String> settings = new TreeSet<>();
        for (var file : sources()) {
            SINGLE.matcher(Files.readString(file)).results().forEach(found -> settings.add(found.group(1)));
        }
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : scan.findCandidateComponents("io.drover")) {
            settings.addAll(ofRecord(Class.forName(found.getBeanClassName())));
        }
        return settings;
    }

    private static List<String> ofRecord(Class<?> properties) {
        var prefix = properties.getAnnotation(ConfigurationProperties.class).value();
        return Stream.of(properties.getRecordComponents())
                .map(component -> component.getName().replaceAll("([A-Z])", "-$1"))
                .map(name -> prefix + "." + name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<Path> sources() {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
