package io.drover.emulator.maas;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as MAAS reads it: path below the API's root, query, and fields of a multipart body. */
record Request(String method, String path, Map<String, List<String>> query, Map<String, List<String>> fields) {

    private static final Pattern PART =
            Pattern.compile("Content-Disposition: form-data; name=\"([^\"]+)\"\r\n\r\n(.*?)\r\n$", Pattern.DOTALL);

    static Request of(HttpExchange exchange, String root) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var path = exchange.getRequestURI().getPath();
        return new Request(
                exchange.getRequestMethod(),
                path.startsWith(root) ? path.substring(root.length()) : "//",
                query(exchange.getRequestURI().getRawQuery()),
                body.isEmpty()
                        ? Map.of()
                        : multipart(exchange.getRequestHeaders().getFirst("Content-Type"), body));
    }

    /** The operation: that of the query, else the method's own. */
    String operation() {
        var given = query.getOrDefault("op", List.of());
        return given.isEmpty() ? method.equals("GET") ? "read" : "none" : given.get(0);
    }

    @Nullable
    String field(String name) {
        var values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** The first field that is none of these, or null. */
    @Nullable
    String fieldBesides(Set<String> known) {
        return fields.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .orElse(null);
    }

    Map<String, String> single() {
        var single = new LinkedHashMap<String, String>();
        fields.forEach((name, values) -> single.put(name, values.get(0)));
        return single;
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        var pairs = new LinkedHashMap<String, List<String>>();
        for (var pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = pair.split("=", 2);
            pairs.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                    .add(parts.length > 1 ? decoded(parts[1]) : "");
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> multipart(@Nullable String type, String body) throws IOException {
        if (type == null || !type.startsWith("multipart/form-data; boundary=")) {
            throw new IOException("MAAS documents multipart/form-data, not " + type);
        }
        var fields = new LinkedHashMap<String, List<String>>();
        for (var part : body.split(Pattern.quote("--" + type.substring(type.indexOf('=') + 1)))) {
            Matcher found = PART.matcher(part);
            if (found.find()) {
                fields.computeIfAbsent(found.group(1), name -> new ArrayList<>())
                        .add(found.group(2));
            } else if (!part.isBlank() && !part.strip().equals("--")) {
                throw new IOException("A part without a name: " + part);
            }
        }
        return fields;
    }
}
