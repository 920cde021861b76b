package io.drover.extension;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which extensions' folders have changed since it was last asked. Used by one thread. */
final class FolderWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final int MOST_DIRECTORIES = 500;
    private static final WatchEvent.Kind<?>[] CHANGES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final Map<UUID, Path> folders = new HashMap<>();
    private final Map<WatchKey, UUID> keys = new HashMap<>();
    private final @Nullable WatchService service = service();

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.warn("Changes of extensions are seen at the next round only: {}", e.getMessage());
            return null;
        }
    }

    /** Watches a folder with the directories in it that are there now, instead of what was watched for this extension. */
    void watch(UUID extension, Path folder) {
        forget(extension);
        if (service == null || !Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var directory :
                    files.filter(Files::isDirectory).limit(MOST_DIRECTORIES).toList()) {
                keys.put(directory.register(service, CHANGES), extension);
            }
            folders.put(extension, folder);
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.debug("{} cannot be watched", folder, e);
        }
    }

    void forgetAllBut(Set<UUID> extensions) {
        List.copyOf(folders.keySet()).stream()
                .filter(id -> !extensions.contains(id))
                .forEach(this::forget);
    }

    /** Does not wait. */
    Set<UUID> changed() {
        Set<UUID> changed = new HashSet<>();
        if (service == null) {
            return changed;
        }
        try {
            for (var key = service.poll(); key != null; key = service.poll()) {
                key.pollEvents();
                key.reset();
                var extension = keys.get(key);
                if (extension != null) {
                    changed.add(extension);
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("The watch is closed", e);
        }
        return changed;
    }

    void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            LOG.debug("The watch cannot be closed", e);
        }
    }

    private void forget(UUID extension) {
        folders.remove(extension);
        keys.entrySet().removeIf(key -> {
            if (key.getValue().equals(extension)) {
                key.getKey().cancel();
                return true;
            }
            return false;
        });
    }
}
