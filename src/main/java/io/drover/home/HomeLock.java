package io.drover.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second server out of a home; held until this process ends, however it ends. */
final class HomeLock {
    private static final Map<Path, FileLock> HELD = new ConcurrentHashMap<>();

    private HomeLock() {}

    /** @throws StartRefusedException when another server has this home */
    static void hold(Path home) {
        HELD.computeIfAbsent(home, HomeLock::lock);
    }

    private static FileLock lock(Path home) {
        var file = home.resolve("lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            channel.close();
        } catch (IOException e) {
            throw unusable(home, e);
        }
        throw new StartRefusedException(
                "Another Drover server is running on the home directory " + home,
                "Stop that server first, or give this one a home of its own: --drover.home=DIRECTORY");
    }

    static StartRefusedException unusable(Path home, IOException why) {
        return new StartRefusedException(
                "The home directory " + home + " cannot be used: " + why,
                "Make it writable for the user that runs the server, or choose another: --drover.home=DIRECTORY");
    }
}
