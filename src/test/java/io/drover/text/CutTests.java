package io.drover.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is cut, and wherever: it stays text, keeps masks whole, and says that something is missing. */
class CutTests {
    private static final String EMOJI = "\uD83D\uDC04";
    private static final int SAID = "… (of 1000 characters)".length();

    @Test
    void whatIsShortEnoughStays() {
        assertThat(Cut.to(5, "12345")).isEqualTo("12345");
        assertThat(Cut.middle(5, "12345", "\n")).isEqualTo("12345");
        assertThat(Cut.beginning(5, "12345")).isEqualTo("12345");
    }

    @Test
    void aCutSaysHowMuchThereWasAndWhereTheRestIs() {
        assertThat(Cut.to(SAID + 3, "x".repeat(1000))).isEqualTo("xxx… (of 1000 characters)");
        assertThat(Cut.to(100, "x".repeat(1000), Cut.IN_RECORD))
                .hasSize(100)
                .endsWith("x… (of 1000 characters; more is on the action's record)");
        assertThat(Cut.middle(10, "12345" + "x".repeat(90) + "67890", "\n"))
                .isEqualTo("12345\n[... 90 characters left out ...]\n67890");
    }

    @Test
    void aSecondCutTellsWhatTheFirstOneTold() {
        var once = Cut.to(500, "x".repeat(9000), Cut.IN_RECORD);

        assertThat(Cut.to(100, once)).hasSize(100).endsWith("… (of 9000 characters; more is on the action's record)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EMOJI,
                "z" + EMOJI,
                "zz" + EMOJI + EMOJI + "z",
                "******",
                "a ****** b",
                "************",
                "*" + EMOJI
            })
    void noCutLeavesHalfACharacterOrAPieceOfAMask(String unit) {
        var text = unit.repeat(400);
        IntStream.rangeClosed(40, 120).forEach(most -> {
            var to = Cut.to(most, text);
            var middle = Cut.middle(most, text, "\n").split("\n\\[\\.\\.\\. \\d+ characters left out \\.\\.\\.]\n");
            assertThat(to).hasSizeLessThanOrEqualTo(most);
            assertThat(isText(to) && isText(Cut.middle(most, text, "\n")) && isText(Cut.beginning(most, text)))
                    .isTrue();
            assertThat(middle[0].length() + middle[1].length()).isLessThanOrEqualTo(most);
            if (unit.contains("******")) {
                assertThat(stars(to.substring(0, to.indexOf('…'))) % 6).isZero();
                assertThat(stars(middle[0]) % 6).isZero();
                assertThat(stars(middle[1]) % 6).isZero();
                assertThat(stars(Cut.beginning(most, text)) % 6).isZero();
            }
        });
    }

    @Test
    void aPlaceTooShortForTheRemarkHasTheRemark() {
        assertThat(Cut.to(5, EMOJI.repeat(10))).isEqualTo("… (of 20 characters)");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'a\uD83D\uDC04b', 'a\uD83D\uDC04b'",
    })
    void whatIsTextStaysText(String text, String expected) {
        assertThat(Cut.clean(text)).isEqualTo(expected);
    }

    @Test
    void halvesOfCharactersAndNulAreReplaced() {
        assertThat(Cut.clean("\uD83D")).isEqualTo("\uFFFD");
        assertThat(Cut.clean("\uDC04x\uD83D" + EMOJI + "\0\uD83Dy"))
                .isEqualTo("\uFFFDx\uFFFD" + EMOJI + "\uFFFD\uFFFDy");
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static long stars(String text) {
        return text.chars().filter(each -> each == '*').count();
    }
}
