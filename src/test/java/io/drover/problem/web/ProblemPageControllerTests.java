package io.drover.problem.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ProblemPageControllerTests {
    private final MockMvcTester http = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new ProblemPageController())
            .setControllerAdvice(new ProblemAdvice(new EveryFault(new ObjectMapper())))
            .build());

    @Test
    void answersAPageAsMarkdownWhateverIsAccepted() {
        assertThat(http.get().uri("/problems/in-use").accept(MediaType.APPLICATION_JSON))
                .hasStatusOk()
                .hasContentTypeCompatibleWith(MediaType.TEXT_MARKDOWN)
                .bodyText()
                .startsWith("# In use");
    }

    @Test
    void aRefusalOfTheFrameworkHasAPage() {
        assertThat(http.delete().uri("/problems/in-use"))
                .hasStatus(405)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-problem", "..", "In-use", "in-use.md", "%2e%2e%2fapplication"})
    void refusesANameWithoutAPage(String name) {
        assertThat(http.get().uri("/problems/{name}", name))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/problem-page-not-found");
    }
}
