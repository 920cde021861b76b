package io.drover.workflow.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The style sheet that Camunda's web applications load after their own, each from its own path. */
@RestController
@Hidden
class EngineStyles {
    private final String styles;

    EngineStyles() throws IOException {
        styles = new ClassPathResource("pages/engine.css").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/camunda/app/{application}/styles/user-styles.css", produces = "text/css")
    String styles() {
        return styles;
    }
}
