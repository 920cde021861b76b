package io.drover.problem.web;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a problem's type leads to: a page that says what it means and what to do. */
@RestController
class ProblemPageController {
    private static final Pattern SLUG = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final MediaType MARKDOWN = new MediaType(MediaType.TEXT_MARKDOWN, StandardCharsets.UTF_8);

    @GetMapping("/problems/{slug}")
    ResponseEntity<byte[]> page(@PathVariable String slug) throws IOException {
        var page = new ClassPathResource("problems/" + slug + ".md");
        if (!SLUG.matcher(slug).matches() || !page.exists()) {
            throw ProblemException.notFound("problem page", slug);
        }
        return ResponseEntity.ok().contentType(MARKDOWN).body(page.getContentAsByteArray());
    }
}
