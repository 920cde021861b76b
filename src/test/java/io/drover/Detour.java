package io.drover;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on this machine that a test can cut, or make silent. */
final class Detour implements Closeable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.OPEN;

    /** What becomes of what is sent. */
    enum Way {
        OPEN,
        /** Connections are closed as soon as they are made, those that were there at once. */
        CUT,
        /** Connections stay, and nothing comes back. */
        SILENT
    }

    Detour(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void turn(Way next) {
        way = next;
        if (next != Way.SILENT) {
            sockets.forEach(Detour::close);
            sockets.clear();
        }
    }

    private void accept() {
        try {
            while (true) {
                var from = door.accept();
                sockets.add(from);
                if (way == Way.CUT) {
                    close(from);
                    continue;
                }
                var to = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(to);
                daemon(() -> pass(from, to));
                daemon(() -> pass(to, from));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void pass(Socket from, Socket to) {
        var bytes = new byte[8192];
        try {
            for (int read = 0; read >= 0; read = from.getInputStream().read(bytes)) {
                if (way == Way.OPEN) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // the other end is told below
        }
        close(from);
        close(to);
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "detour");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        sockets.forEach(Detour::close);
        try {
            door.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
