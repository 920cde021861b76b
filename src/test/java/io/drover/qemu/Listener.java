package io.drover.qemu;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A server that nobody is to call. */
record Listener(ServerSocketChannel channel) implements AutoCloseable {
    static Listener open() throws IOException {
        var channel = ServerSocketChannel.open();
        channel.configureBlocking(false);
        return new Listener(channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    /** Whether anybody has connected since the last question. */
    boolean wasCalled() throws IOException {
        try (var caller = channel.accept()) {
            return caller != null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
