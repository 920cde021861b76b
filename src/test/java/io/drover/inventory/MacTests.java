package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacTests {
    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:ab:cd:ef", "52-54-00-AB-CD-EF", "52:54:00:AB:cd:EF"})
    void storesOneForm(String text) {
        assertThat(Mac.parse(text)).contains("52:54:00:ab:cd:ef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "52:54:00:ab:cd",
                "52:54:00:ab:cd:ef:00",
                "52:54:00:ab:cd:eg",
                "52:54-00:ab:cd:ef",
                "525400abcdef",
                "00:00:00:00:00:00",
                "ff:ff:ff:ff:ff:ff",
                "01:00:5e:00:00:01",
                "33:33:00:00:00:01",
                "52:54:00:ab:cd:e"
            })
    void refusesWhatIsNoUnicastAddress(String text) {
        assertThat(Mac.parse(text)).isEmpty();
    }

    @Test
    void givesLocallyAdministeredAddresses() {
        var mac = Mac.random();

        assertThat(Mac.parse(mac)).contains(mac);
        assertThat(mac).startsWith("02:").isNotEqualTo(Mac.random());
    }
}
