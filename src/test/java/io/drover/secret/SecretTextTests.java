package io.drover.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTests {
    private static final List<String> VALUES = List.of(
            "hunter-2-hunter",
            "Zq4vT9xLw2Rb7KpN",
            "abcdef",
            "pa\"ss'wörd",
            "it's \"so\" secret\\",
            "Grüße/aus&Köln<50%>",
            "tab\\n and %41 and &amp; and \\u0041",
            "emoji \uD83D\uDE00 key \uD83D\uDD11!",
            "ein Passwort mit Leerzeichen",
            "a+b/c==d+e/f==",
            "c2VjcmV0OnNlY3JldA==",
            "100%sure%20not",
            "$HOME `id` $(x) !\"#",
            "日本語のパスワード",
            "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC/+x=\n-----END KEY-----",
            "line one\nline \"two\"\nZeile drei ü");

    @ParameterizedTest
    @EnumSource
    void findsEverySpellingOfEveryValue(Spelling spelling) {
        List<String> told = new ArrayList<>();
        for (var value : VALUES) {
            var secrets = learned(value);
            var written = spelling.of(value);
            for (var text : List.of(
                    written,
                    "before " + written + " after",
                    "x=" + written + "\nnext",
                    "{\"e\":\"" + written + "\"}")) {
                var masked = secrets.mask(text);
                value.lines()
                        .filter(line -> !line.startsWith("-----"))
                        .map(spelling::of)
                        .map(line -> line.replaceAll("^b?[$]?['\"]|['\"]$", ""))
                        .filter(line -> masked.contains(line) || !masked.contains("******"))
                        .forEach(line -> told.add(text + " -> " + masked));
                if (masked.length() > text.length() - written.length() + 40 + value.length() / 2) {
                    told.add("much is left: " + text + " -> " + masked);
                }
            }
        }

        assertThat(told).isEmpty();
    }

    @Test
    void leavesWhatIsAroundASecret() {
        var secrets = learned("hunter-2-hunter");

        assertThat(secrets.mask("user=root password=hunter-2-hunter; next"))
                .isEqualTo("user=root password=******; next");
        assertThat(secrets.mask("{\"a\":\"hunter-2-hunter\",\"b\":1}")).isEqualTo("{\"a\":\"******\",\"b\":1}");
    }

    @Test
    void masksTheWholeOfWhatIsInBase64() {
        assertThat(learned("hunter-2-hunter")
                        .mask("Authorization: Basic " + Spelling.BASE64_OF_USER_3.of("hunter-2-hunter") + "\n"))
                .isEqualTo("Authorization: Basic ******\n");
    }

    @ParameterizedTest
    @CsvSource({
        "pin1,say pin1.,say ******.",
        "pin1,spin1 pin12 _pin1,spin1 pin12 _pin1",
        "pin1,[pin1],[******]",
        "4711,port 4711,port ******",
        "4711,port 47110,port 47110",
        "p&x,a=p%26x&b,a=******&b",
        "ab,cab ab abc,cab ****** abc"
    })
    void findsAShortSecretAsAWordOnly(String secret, String text, String masked) {
        assertThat(learned(secret).mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "true", "NULL", "none", "******"})
    void doesNotLookForWhatTellsNothing(String value) {
        assertThat(learned(value).mask("say " + value + " x")).isEqualTo("say " + value + " x");
    }

    @Test
    void takesTheLongerOfTwo() {
        assertThat(learned("secret-1", "secret-1-longer").mask("secret-1-longer secret-1"))
                .isEqualTo("****** ******");
    }

    @Test
    void leavesTextWithoutSecretsAsItIs() {
        var text = "'quoted' \\u0041 %41 &amp; \"\" ''' ??? \\\\\\ === +++ \uFFFD\uFFFD";

        assertThat(learned("hunter-2-hunter", "pa\"ss'wörd").mask(text)).isEqualTo(text);
    }

    @Test
    void takesTimeInProportionToTheText() {
        var secrets = new SecretText();
        var random = new Random(7);
        Stream.generate(() -> words(random, 24).replace('\n', '-')).limit(60).forEach(secrets::learn);
        secrets.learn(words(random, 4000).replace('\n', '-'));
        var text = words(random, 2_000_000);
        secrets.mask(text.substring(0, 20_000));

        long begun = System.nanoTime();
        assertThat(secrets.mask(text)).isEqualTo(text);
        System.out.println("2 MB in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        assertThat(org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(30), () -> secrets.mask(text)))
                .isEqualTo(text);
    }

    @Test
    void givesUpRatherThanTakeForever() {
        var secrets = learned("a".repeat(60_000));

        assertThat(secrets.mask(("a".repeat(59_999) + "b").repeat(10))).isEqualTo("(withheld: too many secrets)");
    }

    private static SecretText learned(String... values) {
        var secrets = new SecretText();
        List.of(values).forEach(secrets::learn);
        return secrets;
    }

    private static String words(Random random, int length) {
        var text = new StringBuilder();
        var letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/ \n\"\\%&'";
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
