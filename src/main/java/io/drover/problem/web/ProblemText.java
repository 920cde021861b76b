package io.drover.problem.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/** What is written about a kind of problem: what it means and what to do. */
final class ProblemText {
    private static final String PLACE = "/problems/";
    private static final Pattern SLUG = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern BLOCKS = Pattern.compile("\n{2,}");
    private static final Pattern POINTS = Pattern.compile("(?m)^- ");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private final String markdown;

    private ProblemText(String markdown) {
        this.markdown = markdown;
    }

    /** The text about problems of this type; none for what is no type of Drover's. */
    static Optional<ProblemText> of(URI type) {
        var path = type.toString();
        return path.startsWith(PLACE) ? named(path.substring(PLACE.length())) : Optional.empty();
    }

    static Optional<ProblemText> named(String slug) {
        var text = new ClassPathResource("problems/" + slug + ".md");
        if (!SLUG.matcher(slug).matches() || !text.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProblemText(text.getContentAsString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String markdown() {
        return markdown;
    }

    String title() {
        return markdown.substring(2, markdown.indexOf('\n'));
    }

    /** The text without its title and without the line that names status and type. */
    String html() {
        var html = new StringBuilder();
        for (var block : BLOCKS.split(markdown.strip())) {
            if (block.startsWith("- ")) {
                html.append("<ul>");
                POINTS.splitAsStream(block).filter(point -> !point.isBlank()).forEach(point -> html.append("<li>")
                        .append(inline(point))
                        .append("</li>"));
                html.append("</ul>");
            } else if (!block.startsWith("# ") && !block.startsWith("Status ")) {
                html.append("<p>").append(inline(block)).append("</p>");
            }
        }
        return html.toString();
    }

    /** A link leads to the documentation, which the server does not have; its words stay. */
    private static String inline(String text) {
        var plain = LINK.matcher(text.strip()).replaceAll("$1");
        return CODE.matcher(HtmlUtils.htmlEscape(plain, "UTF-8")).replaceAll("<code>$1</code>");
    }
}
