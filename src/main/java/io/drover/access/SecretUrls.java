package io.drover.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in URLs, whatever the name is that the URL goes under: what is between the scheme and the {@code @}, and values of
 * parameters whose names say that they are secret. A login name alone is no secret where the scheme is one to log in by, such
 * as ssh.
 */
public final class SecretUrls {
    private static final Pattern USER_INFO = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30})://(?<info>[^\\s/?#\"'<>@]{1,2000}(?:@[^\\s/?#\"'<>@]{1,2000}(?=@))*)@");
    private static final Pattern PARAMETER =
            Pattern.compile("[?&;](?<name>[^=&;?#\\s\"'<>]{1,100})=(?<value>[^&;#\\s\"'<>]{1,4000})");

    /** Of a name as long as this is one without a password a token. */
    private static final int TOKEN = 16;

    /** What is shorter and comes without a password is a name. */
    private static final int NAME = 8;

    private SecretUrls() {}

    /** Whether the text has a URL with credentials. */
    public static boolean anyIn(String text) {
        return !secretsIn(text).isEmpty();
    }

    /** The credentials in the text, as they are written there and decoded. */
    public static Set<String> secretsIn(String text) {
        Set<String> secrets = new LinkedHashSet<>();
        replace(text, secret -> {
            secrets.add(secret);
            return secret;
        });
        return secrets;
    }

    /** Whether the text has a URL in which the mask stands for credentials. */
    public static boolean isMasked(@Nullable String text) {
        return text != null && text.contains("://") && text.contains(SecretNames.MASK);
    }

    /** The text with the mask for the credentials in it. */
    public static String masked(String text) {
        return replace(text, secret -> SecretNames.MASK);
    }

    /**
     * The text with something else for credentials.
     *
     * @param replacement is asked once for each whole credential, and also for each part of it that is secret by itself
     */
    public static String replace(String text, UnaryOperator<String> replacement) {
        if (!text.contains("://")) {
            return text;
        }
        var urls = USER_INFO.matcher(text).replaceAll(match -> {
            var scheme = match.group(1);
            var info = match.group(2);
            return java.util.regex.Matcher.quoteReplacement(
                    isLogin(scheme, info) ? match.group() : scheme + "://" + userInfo(info, replacement) + "@");
        });
        return urls.indexOf('=') < 0
                ? urls
                : PARAMETER.matcher(urls).replaceAll(match -> {
                    var given = match.group();
                    var value = match.group(2);
                    boolean secret = SecretNames.matches(decoded(match.group(1))) && !SecretNames.MASK.equals(value);
                    return java.util.regex.Matcher.quoteReplacement(
                            secret
                                    ? given.substring(0, given.length() - value.length()) + whole(value, replacement)
                                    : given);
                });
    }

    private static boolean isLogin(String scheme, String info) {
        boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
        boolean name = info.indexOf(':') < 0 && (!web || info.length() < NAME);
        return info.equals(SecretNames.MASK) || name;
    }

    private static String userInfo(String info, UnaryOperator<String> replacement) {
        int colon = info.indexOf(':');
        if (colon >= 0) {
            var user = info.substring(0, colon);
            var password = info.substring(colon + 1);
            if (!password.isEmpty()) {
                whole(password, replacement);
            }
            if (user.length() >= TOKEN || (password.isEmpty() && !user.isEmpty())) {
                whole(user, replacement);
            }
        }
        return whole(info, replacement);
    }

    private static String whole(String secret, UnaryOperator<String> replacement) {
        var plain = decoded(secret);
        if (!plain.equals(secret)) {
            var unused = replacement.apply(plain);
        }
        return replacement.apply(secret);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
