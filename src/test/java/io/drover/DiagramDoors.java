package io.drover;

import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The ways by which a diagram gets into the engine. */
enum DiagramDoors {
    UPLOAD {
        @Override
        Answer load(DroverClient admin, Path home, String key, String xml) {
            var path = "/api/v1/processes/" + key + "/diagram";
            return admin.send("PUT", path, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
        }
    },
    FILE {
        @Override
        Answer load(DroverClient admin, Path home, String key, String xml) {
            var file = home.resolve("bpmn").resolve(key + ".bpmn");
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, xml);
                return admin.post("/api/v1/processes/reload");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                file.toFile().delete();
            }
        }

        @Override
        String reason(Answer answer) {
            for (var load : answer.expecting(200).path("items")) {
                if (load.has("problem")) {
                    return load.path("problem").asText();
                }
            }
            return "";
        }
    },
    ENGINE_REST {
        @Override
        Answer load(DroverClient admin, Path home, String key, String xml) {
            return deploy(admin, "/engine-rest/deployment/create", Map.of(key + ".bpmn", xml), Map.of());
        }
    },
    WEBAPP {
        @Override
        Answer load(DroverClient admin, Path home, String key, String xml) {
            var path = "/camunda/api/engine/engine/default/deployment/create";
            return deploy(admin, path, Map.of(key + ".bpmn", xml), Map.of());
        }
    };

    private static final String BOUNDARY = "a-boundary-of-parts";

    abstract Answer load(DroverClient admin, Path home, String key, String xml);

    /** Why it was refused; empty when it was not. */
    String reason(Answer answer) {
        if (answer.status() < 300) {
            return "";
        }
        if (answer.status() != 400) {
            throw new AssertionError(this + ": " + answer.status() + " " + answer.text());
        }
        return answer.json().path(this == UPLOAD ? "detail" : "message").asText();
    }

    /** The token that Camunda's web applications want besides the login, with the session that it is for. */
    private static String[] token(DroverClient admin) {
        var cookies = admin.get("/camunda/api/engine/engine/").headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .toList();
        var token = cookies.stream()
                .filter(cookie -> cookie.startsWith("XSRF-TOKEN="))
                .findFirst()
                .orElseThrow();
        return new String[] {
            "Cookie", String.join("; ", cookies), "X-XSRF-TOKEN", token.substring(token.indexOf('=') + 1)
        };
    }

    /** A deployment through the engine's own REST, as Modeler sends it, or through that of its web applications. */
    static Answer deploy(DroverClient admin, String path, Map<String, String> files, Map<String, String> fields) {
        var body = new StringBuilder();
        var all = new TreeMap<>(fields);
        all.putIfAbsent("deployment-name", "by hand");
        all.forEach((name, value) -> part(body, "name=\"" + name + "\"", value));
        files.forEach((name, value) -> part(body, "name=\"" + name + "\"; filename=\"" + name + "\"", value));
        body.append("--").append(BOUNDARY).append("--\r\n");
        return admin.send(
                "POST",
                path,
                "multipart/form-data; boundary=" + BOUNDARY,
                body.toString().getBytes(StandardCharsets.UTF_8),
                path.startsWith("/camunda") ? token(admin) : new String[0]);
    }

    private static void part(StringBuilder body, String disposition, String value) {
        body.append("--")
                .append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; ")
                .append(disposition);
        body.append("\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n")
                .append(value)
                .append("\r\n");
    }
}
