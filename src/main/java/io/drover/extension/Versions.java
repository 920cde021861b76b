package io.drover.extension;

import io.drover.access.Actor;
import io.drover.extension.packaging.Draft;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The versions of extensions that Drover keeps in its database. Which one an extension runs changes in one transaction; every
 * node unpacks it for itself and runs nothing else.
 */
@Service
public class Versions {
    private final VersionRepository repository;
    private final VersionChange change;
    private final Drafting drafting;
    private final RegisteredNames names;
    private final TransactionTemplate transaction;

    Versions(
            VersionRepository repository,
            VersionChange change,
            Drafting drafting,
            RegisteredNames names,
            TransactionTemplate transaction) {
        this.repository = repository;
        this.change = change;
        this.drafting = drafting;
        this.names = names;
        this.transaction = transaction;
    }

    /**
     * Takes an archive in: as a new extension, or as the version that the extension of its name runs from now on.
     *
     * @throws ProblemException when the archive, its manifest or its behaviour are not as they must be; nothing is left then
     */
    public Extension upload(InputStream archive, Intake intake, Actor actor) {
        return drafting.withUpload(archive, intake, draft -> take(draft, actor));
    }

    /** Takes a folder of this node in like an archive; the folder itself is of no more use to Drover then. */
    public Extension importFolder(String path, Intake intake, Actor actor) {
        return drafting.withFolder(path, intake, draft -> take(draft, actor));
    }

    /**
     * Takes an archive in like {@link #upload}, but leaves the extension what it runs, until somebody activates the version.
     *
     * @throws ProblemException also when there is no extension of its name
     */
    public ExtensionVersion stage(InputStream archive, Intake intake, Actor actor) {
        return drafting.withUpload(archive, intake, draft -> stage(draft, actor));
    }

    /** Takes a folder of this node in like {@link #stage}. */
    public ExtensionVersion stageFolder(String path, Intake intake, Actor actor) {
        return drafting.withFolder(path, intake, draft -> stage(draft, actor));
    }

    /** All versions of an extension, the newest first; none when it has a folder on each node. */
    public List<ExtensionVersion> list(String ref) {
        return repository.list(names.find(ref).id());
    }

    /** @throws ProblemException when the extension has no such version */
    public ExtensionVersion get(String ref, String digest) {
        return change.find(names.find(ref), digest);
    }

    /** Makes an older or newer version the one that the extension runs. */
    public Extension activate(String ref, String digest, Actor actor) {
        return inTransaction(() -> change.activate(names.find(ref), digest, actor));
    }

    /** Lets every node unpack the version that the extension runs anew, whatever was done to its files there. */
    public Extension repair(String ref, Actor actor) {
        return inTransaction(() -> change.repair(names.find(ref), actor));
    }

    /** Forgets a version that the extension does not run. */
    public void delete(String ref, String digest, Actor actor) {
        transaction.executeWithoutResult(status -> change.delete(names.find(ref), digest, actor));
    }

    /** Writes the zip archive of a version to a new file. */
    public void saveArchive(ExtensionVersion version, Path file) {
        try {
            repository.saveArchive(version.extensionId(), version.digest(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Extension take(Draft draft, Actor actor) {
        return once(() -> change.take(draft, actor));
    }

    private ExtensionVersion stage(Draft draft, Actor actor) {
        return once(() -> change.stage(draft, actor));
    }

    private <T> T once(Supplier<T> work) {
        try {
            return inTransaction(work);
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(
                    "changed-meanwhile", "Somebody else brought this extension in just now; look at it and try again");
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
