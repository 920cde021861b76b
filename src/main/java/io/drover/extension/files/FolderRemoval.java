package io.drover.extension.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.FileSystemUtils;

/** A folder that goes exactly if the transaction commits: it is put aside at once, and removed or put back at the end. */
public final class FolderRemoval implements TransactionSynchronization {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRemoval.class);

    private final Path folder;
    private final Path aside;

    private FolderRemoval(Path folder, Path aside) {
        this.folder = folder;
        this.aside = aside;
    }

    /** Removes the folder with the current transaction. */
    public static void withTransaction(Path folder) {
        var aside = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID() + ".deleted");
        try {
            Files.move(folder, aside);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
        TransactionSynchronizationManager.registerSynchronization(new FolderRemoval(folder, aside));
    }

    @Override
    public void afterCompletion(int status) {
        try {
            if (status == STATUS_COMMITTED) {
                FileSystemUtils.deleteRecursively(aside);
            } else {
                Files.move(aside, folder);
            }
        } catch (IOException e) {
            LOG.warn("{} was put aside as {} and is still there", folder, aside, e);
        }
    }
}
