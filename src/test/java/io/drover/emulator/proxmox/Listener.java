package io.drover.emulator.proxmox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;

/**
 * HTTP/1.1 over TLS on a free port of 127.0.0.1, one request for each connection. The JDK's own server cannot send reason
 * phrases, and Proxmox has its messages in them.
 */
final class Listener implements AutoCloseable {

    /** Answers a request; an empty answer closes the connection without one. */
    interface Handler {
        Answer handle(Call call);
    }

    /** A status line and a body; status 0 means that the connection is lost. */
    record Answer(int status, String reason, String body) {
        static final Answer NONE = new Answer(0, "", "");
    }

    private final SSLServerSocket server;
    private final Handler handler;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "proxmox-emulator");
        thread.setDaemon(true);
        return thread;
    });

    Listener(Handler handler) throws IOException {
        this.handler = handler;
        server = (SSLServerSocket) TestCertificate.context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(10_000);
            var in = new BufferedInputStream(socket.getInputStream());
            var answer = handler.handle(read(in));
            if (answer.status() != 0) {
                socket.getOutputStream().write(bytes(answer));
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            return; // the client went away, or spoke something else than HTTP over TLS
        }
    }

    private static byte[] bytes(Answer answer) {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 %d %s\r\nServer: pve-api-daemon/3.0\r\nContent-Type: application/json;charset=UTF-8\r\n"
                .formatted(answer.status(), answer.reason());
        var out = new ByteArrayOutputStream();
        out.writeBytes((head + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static Call read(InputStream in) throws IOException {
        var request = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        var body = new String(
                in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))), StandardCharsets.UTF_8);
        var target = request[1].split("\\?", 2);
        Map<String, String> parameters = new HashMap<>();
        decode(target.length > 1 ? target[1] : "", parameters);
        if (headers.getOrDefault("Content-Type", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded")) {
            decode(body, parameters);
        }
        var path = URLDecoder.decode(target[0], StandardCharsets.UTF_8);
        return new Call(request[0], path, parameters, headers, !body.isEmpty());
    }

    private static void decode(String text, Map<String, String> into) {
        for (var pair : text.split("&")) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                into.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            text.append((char) next);
        }
        return text.toString().strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
