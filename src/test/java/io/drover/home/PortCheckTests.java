package io.drover.home;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.mock.env.MockEnvironment;

/** A port that cannot be opened ends the start with a sentence that names the setting. */
class PortCheckTests {

    @Test
    void aPortThatIsTakenIsToldWithItsSetting() throws IOException {
        try (var taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> check(WebApplicationType.SERVLET, "server.port", port))
                    .isInstanceOfSatisfying(
                            StartRefusedException.class,
                            refusal -> org.assertj.core.api.Assertions.assertThat(refusal.action())
                                    .contains("Stop what listens there", "--server.port=" + (port + 1)))
                    .hasMessageStartingWith("server.port is " + port + ", which cannot be opened: ");
        }
    }

    @Test
    void itIsLookedAtWhereTheServerIsToListen() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () -> check(WebApplicationType.SERVLET, "server.port", port, "server.address", "127.0.0.1"))
                    .hasMessageContaining("cannot be opened at 127.0.0.1: ");
            assertThatCode(() -> check(WebApplicationType.SERVLET, "server.port", port, "server.address", "127.0.0.2"))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void anyPortAndNoneAreNotLookedAt(int port) {
        assertThatCode(() -> check(WebApplicationType.SERVLET, "server.port", port))
                .doesNotThrowAnyException();
    }

    @Test
    void whatServesNobodyNeedsNoPort() throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertThatCode(() -> check(WebApplicationType.NONE, "server.port", taken.getLocalPort()))
                    .doesNotThrowAnyException();
        }
    }

    private static void check(WebApplicationType type, Object... properties) {
        var environment = new MockEnvironment();
        for (int i = 0; i < properties.length; i += 2) {
            environment.setProperty(properties[i].toString(), properties[i + 1].toString());
        }
        var application = new SpringApplication();
        application.setWebApplicationType(type);
        new PortCheck().postProcessEnvironment(environment, application);
    }
}
