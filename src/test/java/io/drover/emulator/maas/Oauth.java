package io.drover.emulator.maas;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks OAuth 1.0 headers with PLAINTEXT signatures as RFC 5849 and MAAS's documentation describe them. */
final class Oauth {

    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Set<String> NEEDED = Set.of(
            "oauth_version",
            "oauth_nonce",
            "oauth_timestamp",
            "oauth_consumer_key",
            "oauth_token",
            "oauth_signature_method",
            "oauth_signature");
    private static final long WINDOW = 300;

    private final String[] key;
    private final Set<String> nonces = new HashSet<>();

    Oauth(String key) {
        this.key = key.split(":");
    }

    /** Why the header does not log in, or null. */
    @Nullable
    String refusal(@Nullable String header, long now) {
        if (header == null || !header.startsWith("OAuth ")) {
            return "Authorization Error: 'no OAuth header'";
        }
        var given = parameters(header);
        if (!given.keySet().equals(NEEDED)) {
            return "Authorization Error: 'parameters are " + given.keySet() + "'";
        }
        if (!"1.0".equals(given.get("oauth_version")) || !"PLAINTEXT".equals(given.get("oauth_signature_method"))) {
            return "Authorization Error: 'Signature method not supported'";
        }
        if (Math.abs(now - Long.parseLong(given.get("oauth_timestamp"))) > WINDOW) {
            return "Authorization Error: 'Expired timestamp'";
        }
        if (!nonces.add(given.get("oauth_nonce"))) {
            return "Authorization Error: 'Nonce already used'";
        }
        var right = key[0].equals(given.get("oauth_consumer_key"))
                && key[1].equals(given.get("oauth_token"))
                && ("&" + key[2]).equals(given.get("oauth_signature"));
        return right ? null : "Authorization Error: 'Invalid signature'";
    }

    private static Map<String, String> parameters(String header) {
        var found = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            found.put(matcher.group(1), URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8));
        }
        return found;
    }
}
