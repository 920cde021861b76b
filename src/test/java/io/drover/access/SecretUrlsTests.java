package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretUrlsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://svc:hunter22@host/x https://******@host/x",
                "https://hunter2hunter2@host https://******@host",
                "https://sk_live_12345678901:@host/ https://******@host/",
                "postgresql://u:p%40ss@db:5432/x postgresql://******@db:5432/x",
                "qemu+ssh://root:hunter22@host/system qemu+ssh://******@host/system",
                "a=http://u:p1234567@a,b=http://v:q1234567@b a=http://******@a,b=http://******@b",
                "https://host/?access_token=abc&x=1 https://host/?access_token=******&x=1",
                "jdbc:sqlserver://host;password=abc;x=1 jdbc:sqlserver://host;password=******;x=1"
            })
    void hidesCredentials(String url, String shown) {
        assertThat(SecretUrls.anyIn(url)).isTrue();
        assertThat(SecretUrls.masked(url)).isEqualTo(shown);
        assertThat(SecretUrls.masked(shown)).isEqualTo(shown);
        assertThat(SecretUrls.anyIn(shown)).isFalse();
        assertThat(SecretUrls.isMasked(shown)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host:8006/api2?zone=a",
                "qemu+ssh://root@host/system",
                "ssh://git@host/x",
                "https://admin@host/",
                "mail me@host",
                "https://host/a@b",
                ""
            })
    void leavesOtherUrls(String url) {
        assertThat(SecretUrls.anyIn(url)).isFalse();
        assertThat(SecretUrls.masked(url)).isEqualTo(url);
    }

    @Test
    void tellsCredentialsAsTheyAreWrittenAndAsTheyAreMeant() {
        assertThat(SecretUrls.secretsIn("https://svc:p%40ss%2Fw@host/"))
                .containsExactlyInAnyOrder("svc:p%40ss%2Fw", "svc:p@ss/w", "p%40ss%2Fw", "p@ss/w");
    }
}
