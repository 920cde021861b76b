package io.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Ssl;

class ReadyNoticeTests {

    @ParameterizedTest
    @CsvSource({
        "         , false, http://localhost:8080/",
        "0.0.0.0  , false, http://localhost:8080/",
        "::       , true , https://localhost:8080/",
        "127.0.0.1, false, http://127.0.0.1:8080/",
        "::1      , true , https://[0:0:0:0:0:0:0:1]:8080/"
    })
    void namesWhatCanBeOpened(String bound, boolean encrypted, String expected) throws Exception {
        var server = new ServerProperties();
        if (bound != null) {
            server.setAddress(InetAddress.getByName(bound));
        }
        var ssl = new Ssl();
        ssl.setEnabled(encrypted);
        server.setSsl(ssl);

        assertThat(ReadyNotice.address(server, 8080)).hasToString(expected);
    }
}
