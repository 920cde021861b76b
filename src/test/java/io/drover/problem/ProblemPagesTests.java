package io.drover.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemPagesTests {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGES = Path.of("docs/problems");

    private static final String SLUG = "([a-z]+(?:-[a-z]+)*)";
    private static final List<Pattern> SLUGS = List.of(
            Pattern.compile("\\bconflict\\(\\s*\"" + SLUG + "\""),
            Pattern.compile("\\bforbidden\\(\\s*\"" + SLUG + "\","),
            Pattern.compile("\\bKind\\.[A-Z_]+,\\s*\"" + SLUG + "\""),
            Pattern.compile("\"/problems/" + SLUG + "\""));
    private static final List<Pattern> THINGS = List.of(
            Pattern.compile("\\bnotFound\\(\\s*\"([A-Za-z ]+)\""), Pattern.compile("\\bTHING = \"([A-Za-z ]+)\""));

    /** A refusal whose slug is no literal would be overlooked; those known are the factories and their callers by thing. */
    private static final Pattern NO_LITERAL =
            Pattern.compile("\\b(?:ProblemException\\.conflict|ProblemException\\.notFound)\\(\\s*[^\\s\"]");

    private static final String BY_THING = "NamedRows.java";

    /** What Spring MVC refuses by itself; their slugs are the names of their status. */
    private static final Set<String> OF_THE_FRAMEWORK = Set.of(
            "bad-request",
            "not-found",
            "method-not-allowed",
            "not-acceptable",
            "unsupported-media-type",
            "internal-server-error");

    @Test
    void everySlugHasAPage() throws IOException {
        assertThat(pages()).containsAll(slugs());
    }

    @Test
    void everyPageHasASlug() throws IOException {
        assertThat(slugs()).containsAll(pages());
    }

    @Test
    void everySlugIsALiteralInTheSources() throws IOException {
        for (var file : sources()) {
            if (!file.endsWith(BY_THING)) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(NO_LITERAL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageNamesItsTypeAndSaysWhatToDo(String slug) throws IOException {
        assertThat(Files.readString(PAGES.resolve(slug + ".md")))
                .startsWith("# ")
                .contains("`/problems/" + slug + "`", "What to do:\n\n- ");
    }

    private static Set<String> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> slugs() throws IOException {
        Set<String> slugs = new TreeSet<>(OF_THE_FRAMEWORK);
        for (var file : sources()) {
            var source = Files.readString(file);
            SLUGS.forEach(pattern -> pattern.matcher(source).results().forEach(found -> slugs.add(found.group(1))));
            THINGS.forEach(pattern -> pattern.matcher(source)
                    .results()
                    .forEach(found ->
                            slugs.add(found.group(1).toLowerCase(Locale.ROOT).replace(' ', '-') + "-not-found")));
        }
        return slugs;
    }

    private static List<Path> sources() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
