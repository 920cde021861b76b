package io.drover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many clients that begin a request and say no more. */
final class SilentSockets implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    /** As many connections to this machine's port, each of which sends the text. */
    SilentSockets(int count, int port, String text) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                var socket = new Socket();
                sockets.add(socket);
                socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** What one of them gets, until the server closes its connection. */
    String answer() throws IOException {
        var socket = sockets.get(0);
        socket.setSoTimeout(30_000);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
