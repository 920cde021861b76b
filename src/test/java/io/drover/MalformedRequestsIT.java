package io.drover;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No door answers what is malformed with a failure of the server's, with a page for people, or with a trace in the log. */
@Tag("matrix")
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestsIT extends WholeApplication {
    private static final List<String> DOORS = List.of(
            "/api/v1/vms",
            "/engine-rest/task",
            "/camunda/api/engine/engine/default/task",
            "/camunda/app/cockpit/default/",
            "/actuator/health",
            "/login",
            "/problems/busy",
            "/v3/api-docs",
            "/");

    /** What is made of a door's path. */
    private static final List<String> PATHS = List.of(
            "/.%s",
            "%s/./x",
            "%s/../x",
            "/x/..%s",
            "/.",
            "/..",
            "/%s",
            "%s//x",
            "%s;x=1",
            "%s/x;y",
            "%s/%%2e/x",
            "%s/%%2e%%2e/x",
            "%s/%%2F/x",
            "%s/%%5c/x",
            "%s\\x",
            "%s/%%00",
            "%s/%%0a",
            "%s/[",
            "%s/]",
            "%s/{x}",
            "%s/|",
            "%s/^",
            "%s/`",
            "%s/\"",
            "%s/<x>",
            "%s/%%",
            "%s/%%z",
            "%s/%%zz",
            "%s/%%c3%%28",
            "%s/%%ff",
            "%s/%%u0041",
            "%s/\u00e4",
            "%s?x=%%",
            "%s?%%zz",
            "%s?x=%%00",
            "%s?x=[",
            "%s?x=%%ff",
            "%s#x",
            "/error",
            "/error?x");

    private static final List<String> HEADERS = List.of(
            "Content-Type: */*",
            "Content-Type: application/*",
            "Content-Type: x",
            "Content-Type: /",
            "Content-Type: ",
            "Content-Type: application/json; charset=nope",
            "Content-Type: application/json;;=",
            "Accept: x",
            "Accept: */x",
            "Accept: ;",
            "Authorization: Basic %%%",
            "Authorization: Basic",
            "Authorization: Bearer",
            "Authorization: x",
            "X-API-Key: \u00e4",
            "X-API-Key:",
            "Cookie: =;=",
            "Cookie: JSESSIONID=../x",
            "Content-Length: -1",
            "Content-Length: x",
            "Transfer-Encoding: x",
            "Range: bytes=x",
            "If-Match: x",
            "If-Modified-Since: x",
            "Expect: x",
            "Origin: ::",
            "X-HTTP-Method-Override: X",
            "Accept-Language: ;;",
            "Idempotency-Key: \u00e4",
            "no colon",
            "bad name: x",
            "Accept-Encoding: x;q=9",
            "Connection: x");

    private static final List<String> FIRST_LINES = List.of(
            "FOO %s HTTP/1.1",
            "get %s HTTP/1.1",
            "TRACE %s HTTP/1.1",
            "G\u00e4T %s HTTP/1.1",
            "GET %s HTTP/9.9",
            "GET %s",
            "GET http://x%s HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT x:1 HTTP/1.1",
            "GET  %s HTTP/1.1",
            "GET x HTTP/1.1",
            "PROPFIND %s HTTP/1.1");

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern TRACE = Pattern.compile("\\n\\tat |ERROR");

    @Test
    void oddSpellingsOfAPath(CapturedOutput output) throws IOException {
        List<String> requests = new ArrayList<>();
        for (var door : DOORS) {
            for (var path : PATHS) {
                for (var method : List.of("GET", "POST")) {
                    requests.add(method + " " + path.formatted(door) + " HTTP/1.1\nHost: x\n");
                }
            }
        }
        check(requests, output);
    }

    @Test
    void oddHeaders(CapturedOutput output) throws IOException {
        List<String> requests = new ArrayList<>();
        for (var door : DOORS) {
            for (var header : HEADERS) {
                requests.add("GET " + door + " HTTP/1.1\nHost: x\n" + header + "\n");
                requests.add("POST " + door + " HTTP/1.1\nHost: x\n" + header + "\n");
            }
        }
        check(requests, output);
    }

    @Test
    void oddFirstLinesAndHosts(CapturedOutput output) throws IOException {
        List<String> requests = new ArrayList<>();
        for (var door : DOORS) {
            FIRST_LINES.forEach(line -> requests.add(line.formatted(door) + "\nHost: x\n"));
            for (var host :
                    List.of("", "Host: \n", "Host: a b\n", "Host: x:y\n", "Host: [::\n", "Host: x\nHost: y\n")) {
                requests.add("GET " + door + " HTTP/1.1\n" + host);
            }
        }
        check(requests, output);
    }

    @Test
    void oddBodies(CapturedOutput output) throws IOException {
        List<String> requests = new ArrayList<>();
        for (var door : List.of(
                "/api/v1/vms",
                "/api/v1/extensions/packages",
                "/engine-rest/task",
                "/engine-rest/deployment/create",
                "/engine-rest/process-definition/key/vm-stop/start",
                "/login",
                "/camunda/api/engine/engine/default/task")) {
            for (var type : List.of(
                    "application/json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "application/xml",
                    "application/zip")) {
                for (var body :
                        List.of("{", "[]", "null", "\"", "7", "{\"a\":1}", "%zz", "--x\n", "\u0000", "\u00ff", "<a>")) {
                    requests.add("POST " + door + " HTTP/1.1\nHost: x\nContent-Type: " + type + "\nContent-Length: "
                            + body.length() + "\n\n" + body);
                }
                requests.add("POST " + door + " HTTP/1.1\nHost: x\nContent-Type: " + type
                        + "\nTransfer-Encoding: chunked\n\nzz\n");
            }
        }
        check(requests, output);
    }

    /** Each as nobody and as an Admin. */
    private void check(List<String> requests, CapturedOutput output) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var request : requests) {
            for (var login : List.of("", "Authorization: " + authorization() + "\n")) {
                var before = output.getAll().length();
                var answer = send(request, login);
                var match = STATUS.matcher(answer);
                var status = match.lookingAt() ? Integer.parseInt(match.group(1)) : 0;
                var page = status >= 400 && answer.contains("text/html");
                var logged = TRACE.matcher(output.getAll().substring(before)).find();
                if (status >= 500 && status != 501 && status != 505
                        || page
                        || logged
                        || status >= 400 && hasBody(answer) && !answer.contains("json")) {
                    wrong.add((login.isEmpty() ? "" : "Admin: ") + request.replace("\n", "\\n") + " → "
                            + answer.lines().findFirst().orElse("") + (page ? " HTML" : "") + (logged ? " TRACE" : "")
                            + " "
                            + answer.substring(Math.max(0, answer.length() - 150))
                                    .replaceAll("\\s+", " "));
                }
            }
        }
        System.out.println("Malformed requests tried: " + 2 * requests.size());
        if (!wrong.isEmpty()) {
            fail(wrong.size() + " answers:\n" + String.join("\n", wrong));
        }
    }

    private static boolean hasBody(String answer) {
        var end = answer.indexOf("\r\n\r\n");
        return end >= 0 && end + 4 < answer.length();
    }

    private String send(String request, String login) throws IOException {
        var end = request.indexOf("\n\n");
        var head = end < 0 ? request : request.substring(0, end + 1);
        var body = end < 0 ? "" : request.substring(end + 2);
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            var text = (head + login + "Connection: close\n\n").replace("\n", "\r\n") + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String authorization() throws IOException {
        var login = "admin:"
                + Files.readString(HOME.resolve("initial-admin-password")).strip();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
