package io.drover.problem.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class BodyLimitFilterTests {
    private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

    private final MockMvcTester http = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Echo())
            .setControllerAdvice(new ProblemAdvice(new EveryFault(new ObjectMapper())))
            .addFilters(new BodyLimitFilter(
                    new BodyLimits(DataSize.ofBytes(100), DataSize.ofBytes(150), DataSize.ofBytes(200)), JSON))
            .build());

    /** A request that does not say how long its body is. */
    private static final RequestPostProcessor CHUNKED = request ->
            new MockHttpServletRequest(request.getServletContext(), request.getMethod(), request.getRequestURI()) {
                {
                    setContent(request.getContentAsByteArray());
                    setContentType(request.getContentType());
                }

                @Override
                public long getContentLengthLong() {
                    return -1;
                }
            };

    private MockMvcTester.MockMvcRequestBuilder post(String path, int bytes) {
        return http.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(body(bytes));
    }

    private static String body(int bytes) {
        var frame = "{\"name\":\"\"}";
        return "{\"name\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }

    @Test
    void acceptsABodyOfExactlyTheLimit() {
        assertThat(post("/here", 100)).hasStatusOk();
        assertThat(post("/here", 100).with(CHUNKED)).hasStatusOk();
    }

    @Test
    void refusesADeclaredSizeBeyondTheLimitNamingBoth() {
        assertThat(post("/here", 101)).hasStatus(413).bodyJson().satisfies(json -> {
            assertThat(json).extractingPath("$.type").isEqualTo("/problems/request-too-large");
            assertThat(json).extractingPath("$.detail").asString().contains("100", "101");
        });
    }

    @Test
    void refusesMoreThanTheLimitOfABodyThatDeclaresNoSize() {
        assertThat(post("/here", 101).with(CHUNKED))
                .hasStatus(413)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/request-too-large");
    }

    @Test
    void theEnginesDoorsTakeMore() {
        assertThat(post("/engine-rest/deployment/create", 200)).hasStatusOk();
        assertThat(post("/engine-rest/deployment/create", 201)).hasStatus(413);
    }

    @Test
    void limitsAreOneSixtyFourAndSixteenMegabytesUnlessSaidOtherwise() {
        var limits = new Binder().bindOrCreate("drover.http", BodyLimits.class);
        assertThat(limits)
                .isEqualTo(new BodyLimits(DataSize.ofMegabytes(1), DataSize.ofMegabytes(64), DataSize.ofMegabytes(16)));
    }

    @RestController
    static class Echo {
        record Thing(String name) {}

        @PostMapping({"/here", "/engine-rest/deployment/create"})
        String take(@RequestBody Thing thing) {
            return thing.name();
        }
    }
}
