package io.drover.extension.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.stereotype.Component;

/** Directories in Drover's home in which programs keep things, whoever they run as and whatever holds them. */
@Component
public class KeptDirectories {
    private final Confinement confinement;

    KeptDirectories(Confinement confinement) {
        this.confinement = confinement;
    }

    /**
     * Lets programs write to a directory directly below the home, which is created where it is missing, for the user alone that
     * they run as. What is in it already stays whose it is.
     */
    public void offer(Path directory) {
        try {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory, mode);
            }
            confinement.offer(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Programs cannot be let write to " + directory, e);
        }
    }
}
