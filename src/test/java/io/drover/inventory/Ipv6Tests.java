package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6Tests {
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "FD00:0001::00AB, fd00:1::ab",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8"
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(Ipv6.parse(text).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                " ::1",
                "::1/64",
                "::1.2.3.4"
            })
    void refusesWhatIsNotAHexadecimalLiteral(String text) {
        assertThat(Ipv6.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd00:1::/64", "fd00:1::/126", "fd00:1:0:0:8000::/65", "fd00:1::4/126"})
    void readsRanges(String cidr) {
        assertThat(Ipv6Range.parse(cidr)).hasToString("Optional[" + cidr + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fd00::/63",
                "fd00::/127",
                "fd00::/128",
                "fd00::1/64",
                "fd00::2/126",
                "fd00::",
                "fd00::/064",
                "10.0.0.0/64"
            })
    void refusesOtherRanges(String cidr) {
        assertThat(Ipv6Range.parse(cidr)).isEmpty();
    }

    @Test
    void knowsWhatIsInside() {
        var range = Ipv6Range.parse("fd00:1::/64").orElseThrow();

        assertThat(range.contains(address("fd00:1::ffff:ffff:ffff:ffff"))).isTrue();
        assertThat(range.contains(address("fd00:1:0:1::"))).isFalse();
        assertThat(range.usable(address("fd00:1::"))).isFalse();
        assertThat(range.first()).hasToString("fd00:1::1");
        assertThat(Ipv6Range.parse("fd00:1::4/126").orElseThrow().last()).hasToString("fd00:1::7");
        assertThat(Ipv6Range.parse("fd00:1::4/126").orElseThrow().contains(address("fd00:1::8")))
                .isFalse();
    }

    private static Ipv6 address(String text) {
        return Ipv6.parse(text).orElseThrow();
    }
}
