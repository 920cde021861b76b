package io.drover.extension.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which URLs a detail may be. What is not allowed here is refused: a URL is handed on to programs that read more out of it than
 * an address.
 *
 * @param schemes in lower case; empty for any
 * @param userinfo whether a user's name may stand before the host; a password never may
 * @param query the names of parameters there may be
 * @param hostless whether the host may be missing
 * @param paths the only paths there are; empty for any without {@code ..}
 */
public record UrlForm(
        List<String> schemes, boolean userinfo, List<String> query, boolean hostless, List<String> paths) {
    /** An address with a host and nothing that hides in it. */
    static final UrlForm PLAIN = new UrlForm(List.of(), false, List.of(), false, List.of());

    private static final int LONGEST = 2000;
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/-]*");
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9_]+)=[A-Za-z0-9._:-]{0,100}");
    private static final int HIGHEST_PORT = 65_535;

    public UrlForm {
        schemes = schemes == null ? List.of() : List.copyOf(schemes);
        query = query == null ? List.of() : List.copyOf(query);
        paths = paths == null ? List.of() : List.copyOf(paths);
    }

    /** What is wrong with a URL, in words that follow its name; empty when it is allowed. */
    Optional<String> problem(String value) {
        URI url;
        try {
            url = new URI(value);
        } catch (URISyntaxException e) {
            return Optional.of("must be " + DetailType.URL.description());
        }
        if (value.length() > LONGEST || url.getScheme() == null || url.isOpaque()) {
            return Optional.of("must be " + DetailType.URL.description());
        }
        if (!schemes.isEmpty() && !schemes.contains(url.getScheme())) {
            return Optional.of("must be a URL of the scheme " + String.join(" or ", schemes));
        }
        return authorityProblem(url).or(() -> pathProblem(url)).or(() -> queryProblem(url));
    }

    private Optional<String> authorityProblem(URI url) {
        var authority = url.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            return hostless ? Optional.empty() : Optional.of("must be " + DetailType.URL.description());
        }
        int at = authority.lastIndexOf('@');
        if (at >= 0 && !userinfo) {
            return Optional.of("must be a URL without a user before the host");
        }
        if (at >= 0 && !USER.matcher(authority.substring(0, at)).matches()) {
            return Optional.of("must be a URL whose user is a name of letters, digits or . _ -, without a password");
        }
        var host = authority.substring(at + 1);
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        if (colon >= 0 && !isPort(host.substring(colon + 1))) {
            return Optional.of("must be a URL whose port is a number from 1 to " + HIGHEST_PORT);
        }
        return HOST.matcher(colon < 0 ? host : host.substring(0, colon)).matches()
                ? Optional.empty()
                : Optional.of("must be a URL whose host is a name or an address");
    }

    private Optional<String> pathProblem(URI url) {
        var path = String.valueOf(url.getRawPath());
        if (!paths.isEmpty() && !paths.contains(path)) {
            return Optional.of("must be a URL whose path is " + String.join(" or ", paths));
        }
        boolean good =
                PATH.matcher(path).matches() && !List.of(path.split("/", -1)).contains("..");
        return good ? Optional.empty() : Optional.of("must be a URL whose path has neither escapes nor '..'");
    }

    private Optional<String> queryProblem(URI url) {
        if (url.getRawFragment() != null) {
            return Optional.of("must be a URL without a fragment");
        }
        if (url.getRawQuery() == null) {
            return Optional.empty();
        }
        for (var parameter : url.getRawQuery().split("&", -1)) {
            var match = PARAMETER.matcher(parameter);
            if (!match.matches() || !query.contains(match.group(1))) {
                return Optional.of(
                        query.isEmpty()
                                ? "must be a URL without parameters"
                                : "must be a URL without other parameters than " + String.join(", ", query));
            }
        }
        return Optional.empty();
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= HIGHEST_PORT;
    }
}
