package io.drover.problem.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OddPathFilterTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest;x=1/engine",
                "//engine-rest/engine",
                "/%65ngine-rest/engine",
                "/api/v1/%2e%2E/x",
                "/api/v1/vms/a%2Fb",
                "/api/v1/vms/%00"
            })
    void refusesWhatCanBeReadInTwoWays(String path) throws ServletException, IOException {
        var response = answer(path);

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString()).contains("/problems/invalid-request", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/vms/web-1", "/api/v1/vms/%C3%A4", "/camunda/app/cockpit/default/"})
    void letsOrdinaryPathsPass(String path) throws ServletException, IOException {
        assertThat(answer(path).getStatus()).isEqualTo(200);
    }

    private static MockHttpServletResponse answer(String path) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        new OddPathFilter(new ObjectMapper())
                .doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response;
    }
}
