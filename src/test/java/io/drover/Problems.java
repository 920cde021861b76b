package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;

/** Checks that a refusal has the form that all refusals have, and tells nothing of the server's inside. */
final class Problems {
    private Problems() {}

    static JsonNode check(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).as(answer.text()).startsWith("application/problem+json");
        var problem = answer.json();
        assertThat(problem.path("type").asText()).startsWith("/problems/");
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("instance").asText()).startsWith("/");
        assertThat(answer.text())
                .doesNotContain("io.drover", "org.springframework", "com.fasterxml", "java.", "Exception", "\\tat ");
        return problem;
    }
}
