package io.drover.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A conversation with a running QEMU. */
final class Qmp implements AutoCloseable, FullDisk.Monitor {
    private final SocketChannel socket;
    private final BufferedReader lines;

    /** @param socket as long as a socket's path may be: 107 bytes */
    Qmp(Path socket) {
        try {
            this.socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            this.socket.connect(UnixDomainSocketAddress.of(socket));
            lines = new BufferedReader(Channels.newReader(this.socket, StandardCharsets.UTF_8));
            lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        say("{\"execute\":\"qmp_capabilities\"}");
    }

    @Override
    public JsonNode say(String command) {
        try {
            socket.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            for (String line; (line = lines.readLine()) != null; ) {
                if (!line.contains("\"event\"")) {
                    return FullDisk.answer(line);
                }
            }
            throw new IllegalStateException("QEMU has gone away");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state that the VM is in. */
    String state() {
        return say("{\"execute\":\"query-status\"}")
                .path("return")
                .path("status")
                .asText();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
