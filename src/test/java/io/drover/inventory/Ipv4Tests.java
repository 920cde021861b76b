package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Tests {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "192.168.0.255", "255.255.255.255"})
    void readsWhatItWrites(String text) {
        assertThat(Ipv4.format(Ipv4.parse(text).orElseThrow())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.1.2",
                "10.1.2.3.4",
                "10.1.2.256",
                "010.1.2.3",
                "10.1.2.03",
                "10.1.2.",
                ".10.1.2",
                "10.1.2.-3",
                " 10.1.2.3",
                "10.1.2.3\n",
                "0x10.1.2.3",
                "localhost",
                "10.1.2.3/24",
                "١.1.1.1",
                "::1"
            })
    void refusesWhatIsNotAPlainDottedQuad(String text) {
        assertThat(Ipv4.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "10.1.0.0/24", "192.168.7.4/30", "0.0.0.0/8", "255.255.255.252/30"})
    void readsRanges(String cidr) {
        assertThat(Ipv4Range.parse(cidr)).hasToString("Optional[" + cidr + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/7",
                "10.0.0.0/31",
                "10.0.0.0/32",
                "10.1.0.1/24",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "fd00::/64",
                "10.0.0.0/99999999999"
            })
    void refusesOtherRanges(String cidr) {
        assertThat(Ipv4Range.parse(cidr)).isEmpty();
    }

    @Test
    void knowsItsEnds() {
        var range = Ipv4Range.parse("192.168.7.4/30").orElseThrow();

        assertThat(Ipv4.format(range.first())).isEqualTo("192.168.7.5");
        assertThat(Ipv4.format(range.broadcast())).isEqualTo("192.168.7.7");
        assertThat(range.netmask()).isEqualTo("255.255.255.252");
        assertThat(range.usable(range.network())).isFalse();
        assertThat(range.usable(range.broadcast())).isFalse();
        assertThat(range.usable(range.first())).isTrue();
        assertThat(range.contains(range.broadcast() + 1)).isFalse();
        assertThat(Ipv4Range.parse("10.0.0.0/8").orElseThrow().netmask()).isEqualTo("255.0.0.0");
    }
}
