package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends slowly, or begins and falls silent, holds up nobody else. */
class SlowClientsIT extends WholeApplication {
    private static final int MANY = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";
    private static final String JSON = "Content-Type: application/json\n";

    private static Duration longest = Duration.ZERO;

    @AfterAll
    static void tell() {
        System.out.println("Longest answer beside " + MANY + " silent sockets: " + longest.toMillis() + " ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /login HTTP/1.1\nHost: x\n" + FORM + "Content-Length: 500\n\nusername=a",
                "POST /login HTTP/1.1\nHost: x\n" + FORM + "Transfer-Encoding: chunked\n\n5\nusern",
                "POST /login HTTP/1.1\nHost: x\n" + FORM + "Content-Length: 500000\n\nusername=a",
                "POST /login HTTP/1.1\nHost: x\nContent-Type: multipart/form-data; boundary=x\nContent-Length: 70000\n\n--x\n",
                "POST /api/v1/vms HTTP/1.1\nHost: x\n" + JSON + "Content-Length: 500\n\n{\"name\":\"a",
                "POST /api/v1/vms HTTP/1.1\nHost: x\n" + JSON + "Content-Length: 500000\n\n{\"name\":\"a",
                "POST /api/v1/vms HTTP/1.1\nHost: x\n" + JSON + "Content-Length: 500000000\n\n{\"name\":\"a",
                "POST /api/v1/vms HTTP/1.1\nHost: x\n" + JSON + "Transfer-Encoding: chunked\n\n5\n{\"nam",
                "POST /api/v1/vms HTTP/1.1\nHost: x\nX-API-Key: x\n" + JSON + "Content-Length: 500000\n\n{\"name\":\"a",
                "PUT /api/v1/vms/x HTTP/1.1\nHost: x\n" + FORM + "Content-Length: 500\n\nusername=a",
                "POST /engine-rest/deployment/create HTTP/1.1\nHost: x\nContent-Length: 500\n\n0123456789",
                "POST /engine-rest/deployment/create HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n5\n01234",
                "POST /camunda/api/admin/auth/user/default/login/cockpit HTTP/1.1\nHost: x\n" + FORM
                        + "Content-Length: 500\n\nusername=a",
                "POST /actuator/health HTTP/1.1\nHost: x\n" + JSON + "Content-Length: 70000\n\n0123456789",
                "GET /login HTTP/1.1\nHost: x\nContent-Length: 500\n\n0123456789",
                "GET /login HTTP/1.1\nHost: x\nAccept: te",
                "GET /log"
            })
    void fiveHundredThatFallSilentHoldUpNobody(String beginning) throws IOException {
        try (var sockets = new SilentSockets(MANY, port, beginning.replace("\n", "\r\n"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(timed("/actuator/health/liveness")).isLessThan(PATIENCE);
                assertThat(timed("/api/v1/me")).isLessThan(PATIENCE);
            }
            var begun = System.nanoTime();
            admin.post("/api/v1/clusters", Map.of("name", unique("c"))).expecting(201);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
        }
    }

    @Test
    void aBodyThatComesInPiecesIsServedAsAWhole() throws IOException {
        var body = "{\"name\":\"" + unique("c") + "\"}";
        var half = body.length() / 2;

        var answer = inPieces(
                "POST /api/v1/clusters HTTP/1.1\nConnection: close\n" + JSON + "Authorization: " + authorization()
                        + "\nContent-Length: " + body.length() + "\n\n",
                body.substring(0, half),
                body.substring(half));

        assertThat(answer).startsWith("HTTP/1.1 201");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/clusters", "/engine-rest/process-definition/count", "/camunda/api/engine/engine/default/task"})
    void aBodyThatComesInPiecesGetsNobodyPastTheLogin(String path) throws IOException {
        var answer = inPieces(
                "POST " + path + " HTTP/1.1\nConnection: close\nHost: x\n" + JSON + "Content-Length: 4\n\n", "{ ", " }");

        assertThat(answer).startsWith("HTTP/1.1 401").contains("/problems/unauthenticated");
    }

    @Test
    void theEngineReadsABodyThatComesInPieces() throws IOException {
        var answer = inPieces(
                "POST /engine-rest/task/count HTTP/1.1\nConnection: close\n" + JSON + "Authorization: "
                        + authorization() + "\nContent-Length: 4\n\n",
                "{ ",
                " }");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"count\"");
    }

    @Test
    void whoStopsSendingIsToldSoAndNobodyWaitsForTheRest() throws IOException {
        var text = "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n0123456789";
        try (var sockets = new SilentSockets(MANY, port, text)) {
            assertThat(sockets.answer()).startsWith("HTTP/1.1 408").contains("/problems/request-timeout");
            for (int i = 0; i < 10; i++) {
                assertThat(timed("/api/v1/me")).isLessThan(PATIENCE);
            }
        }
    }

    private String inPieces(String head, String... pieces) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            var withHost = head.contains("\nHost:") ? head : head.replaceFirst("\n", "\nHost: localhost:" + port + "\n");
            out.write(withHost.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (var piece : pieces) {
                out.flush();
                timed("/actuator/health/liveness"); // so that the server has seen the piece before
                out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
            out.flush();
            socket.setSoTimeout(30_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String authorization() throws IOException {
        var login = "admin:" + Files.readString(HOME.resolve("initial-admin-password")).strip();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private Duration timed(String path) {
        var begun = System.nanoTime();
        admin.get(path).expecting(200);
        var taken = Duration.ofNanos(System.nanoTime() - begun);
        longest = longest.compareTo(taken) > 0 ? longest : taken;
        return taken;
    }
}
