package io.drover.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which details are secret, going by their names, and what is shown in place of their values. */
public final class SecretNames {

    /** What is shown in place of a secret. */
    public static final String MASK = "******";

    private static final List<String> PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "passkey",
            "secret",
            "token",
            "credential",
            "authorization",
            "apikey",
            "accesskey",
            "authkey",
            "privatekey",
            "sshkey",
            "signingkey",
            "encryptionkey",
            "presharedkey",
            "connectionstring");
    private static final Set<String> WORDS = Set.of("pass", "pwd", "pw", "psk", "otp", "totp", "bearer", "cookie");

    /** What is about a secret: its name ends so. */
    private static final Set<String> ABOUT = Set.of(
            "id",
            "name",
            "type",
            "length",
            "lifetime",
            "ttl",
            "expires",
            "expiry",
            "enabled",
            "policy",
            "file",
            "path");

    private static final Pattern ACCOUNT =
            Pattern.compile("[A-Za-z0-9_.-]{1,64}@[A-Za-z0-9_.-]{1,64}(![A-Za-z0-9_.-]{1,64})?");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private SecretNames() {}

    /** The names of details that are given with a value, not with the mask that keeps a stored one. */
    public static Set<String> given(Map<String, @Nullable String> details) {
        return details.entrySet().stream()
                .filter(detail -> detail.getValue() != null && !MASK.equals(detail.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether a detail of this name holds a secret; case and the signs between words do not matter. */
    public static boolean matches(String detailName) {
        var words = BETWEEN_WORDS
                .splitAsStream(detailName)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        var joined = String.join("", words);
        boolean secret =
                PARTS.stream().anyMatch(joined::contains) || words.stream().anyMatch(WORDS::contains);
        return secret && !(words.size() > 1 && ABOUT.contains(words.get(words.size() - 1)));
    }

    /**
     * Whether the value under a secret name is but the name of an account, such as {@code root@pam}: some call that a token. It is
     * masked under its name and not looked for elsewhere.
     */
    public static boolean isPublicId(String name, String value) {
        return name.toLowerCase(Locale.ROOT).contains("token")
                && ACCOUNT.matcher(value).matches();
    }
}
