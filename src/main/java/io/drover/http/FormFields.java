package io.drover.http;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a form, {@code application/x-www-form-urlencoded}. */
final class FormFields {
    private FormFields() {}

    /** What the query has, then what the form has; a field that cannot be decoded is left out, as Tomcat does. */
    static Map<String, String[]> addedTo(Map<String, String[]> query, byte[] form, Charset charset) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        query.forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
        for (var field : new String(form, charset).split("&")) {
            var equals = field.indexOf('=');
            try {
                var name = URLDecoder.decode(equals < 0 ? field : field.substring(0, equals), charset);
                var value = equals < 0 ? "" : URLDecoder.decode(field.substring(equals + 1), charset);
                if (!name.isEmpty()) {
                    all.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
                }
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        Map<String, String[]> fields = new LinkedHashMap<>();
        all.forEach((name, values) -> fields.put(name, values.toArray(String[]::new)));
        return fields;
    }
}
