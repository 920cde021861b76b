package io.drover.problem.web;

import io.drover.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a problem's type leads to: what it means and what to do, as Markdown or, in a browser, as a page. */
@RestController
class ProblemPageController {
    private static final MediaType MARKDOWN = new MediaType(MediaType.TEXT_MARKDOWN, StandardCharsets.UTF_8);

    @GetMapping("/problems/{slug}")
    ResponseEntity<byte[]> page(@PathVariable String slug, HttpServletRequest request) {
        var text = ProblemText.named(slug).orElseThrow(() -> ProblemException.notFound("problem page", slug));
        return PagePreference.of(request)
                ? answer(ProblemPage.headers(), ProblemPage.of(text, request))
                : ResponseEntity.ok().contentType(MARKDOWN).body(text.markdown().getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> answer(HttpHeaders headers, String page) {
        return ResponseEntity.ok()
                .headers(headers)
                .varyBy(HttpHeaders.ACCEPT)
                .body(page.getBytes(StandardCharsets.UTF_8));
    }
}
