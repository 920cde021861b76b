package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTests {

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "😀", "x😀"})
    void isOfABoundedLengthWhateverCharactersItHas(String part) {
        var message = new Cause("create", part.repeat(400) + part.repeat(400), List.of("create")).line();

        assertThat(message)
                .startsWith("create: " + part.repeat(50))
                .endsWith(" …")
                .hasSizeLessThanOrEqualTo(602);
        assertThat(message.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 296})
    void isWholeWhereItIsShort(int emoji) {
        assertThat(new Cause("create", "😀".repeat(emoji), List.of("create")).line())
                .isEqualTo("create: " + "😀".repeat(emoji));
    }
}
