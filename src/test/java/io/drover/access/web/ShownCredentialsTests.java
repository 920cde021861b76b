package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ShownCredentialsTests {

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, true",
        "Sec-Fetch-Site, same-site, true",
        "Sec-Fetch-Site, same-origin, false",
        "Sec-Fetch-Site, none, false",
        "Origin, http://evil.example, true",
        "Origin, null, true",
        "Origin, http://drover.example:8080, false",
        "Referer, http://evil.example/page, true",
        "Referer, http://drover.example:8080/swagger-ui.html, false",
        "Referer, not a url, true"
    })
    void tellsWhatAPageFromElsewhereMayHaveSent(String header, String value, boolean forged) {
        var request = basic();
        request.addHeader(header, value);

        assertThat(ShownCredentials.mayBeForged(request)).isEqualTo(forged);
    }

    @Test
    void takesWhatIsNoBrowserAtItsWord() {
        assertThat(ShownCredentials.mayBeForged(basic())).isFalse();
    }

    @Test
    void takesAnApiKeyFromAnywhereSinceNoBrowserAddsOne() {
        var request = new MockHttpServletRequest();
        request.addHeader("X-API-Key", "drv_x");
        request.addHeader("Origin", "http://evil.example");

        assertThat(ShownCredentials.mayBeForged(request)).isFalse();
    }

    private static MockHttpServletRequest basic() {
        var request = new MockHttpServletRequest();
        request.addHeader("Host", "drover.example:8080");
        request.addHeader("Authorization", "Basic eDp5");
        return request;
    }
}
