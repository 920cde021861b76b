package io.drover.extension.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory that a program may have rearranged, held open. Its files are reached from there and not by path; no link is
 * followed, and nothing that is opened can block: for reading and writing at once, Linux opens even a named pipe that nobody
 * else has open (fifo(7)).
 */
final class RunHandle implements AutoCloseable {
    private static final Pattern INODE = Pattern.compile("ino=(\\d+)");
    private static final Set<OpenOption> GENTLY =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> ANEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final SecureDirectoryStream<Path> directory;

    private RunHandle(SecureDirectoryStream<Path> directory) {
        this.directory = directory;
    }

    /** Opens a directory. Refuses where its name stands for something else, a link to a directory for instance. */
    static RunHandle open(Path directory) throws IOException {
        try (var above = secure(java.util.Objects.requireNonNull(directory.getParent()))) {
            return new RunHandle(below(above, directory.getFileName()));
        }
    }

    /** Opens a directory below another. A named pipe in its place is not even opened, since that could take for ever. */
    static SecureDirectoryStream<Path> below(SecureDirectoryStream<Path> above, Path name) throws IOException {
        if (look(above, name).filter(BasicFileAttributes::isDirectory).isEmpty()) {
            throw new NotDirectoryException(name.toString());
        }
        return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** A directory that no program can have replaced. */
    static SecureDirectoryStream<Path> secure(Path directory) throws IOException {
        var entries = Files.newDirectoryStream(directory);
        if (entries instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        entries.close();
        throw new IOException("Directories cannot be held open on this system: " + directory);
    }

    /** What stands under a name; empty where nothing does. */
    Optional<BasicFileAttributes> look(String name) throws IOException {
        return look(directory, Path.of(name));
    }

    static Optional<BasicFileAttributes> look(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try {
            return Optional.of(directory
                    .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens a regular file for reading and, where that is allowed, for writing; empty where there is none. */
    Optional<SeekableByteChannel> file(String name) throws IOException {
        return file(name, null);
    }

    /** @param inode which file it has to be; null for any */
    Optional<SeekableByteChannel> file(String name, @Nullable Long inode) throws IOException {
        var found = look(name).filter(BasicFileAttributes::isRegularFile);
        if (found.isEmpty() || inode != null && inode(found.get()) != inode) {
            return Optional.empty();
        }
        var channel = channel(Path.of(name));
        try {
            channel.position();
            return Optional.of(channel);
        } catch (IOException e) {
            channel.close();
            return Optional.empty();
        }
    }

    private SeekableByteChannel channel(Path name) throws IOException {
        try {
            return directory.newByteChannel(name, GENTLY);
        } catch (java.nio.file.FileSystemException e) {
            return directory.newByteChannel(name, TO_READ);
        }
    }

    /** The first bytes of a regular file, no more than so many; empty where there is none. */
    Optional<byte[]> start(String name, int most) throws IOException {
        try (var channel = file(name).orElse(null)) {
            return channel == null ? Optional.empty() : Optional.of(read(channel, 0, Math.min(most, channel.size())));
        }
    }

    /** Writes a file anew, whatever stood under its name, unless that is a directory with something in it. */
    void write(String name, byte[] content) throws IOException {
        var draft = Path.of(name + ".new");
        if (look(draft.toString()).isPresent()) {
            directory.deleteFile(draft);
        }
        try (var channel = directory.newByteChannel(draft, ANEW)) {
            channel.write(ByteBuffer.wrap(content));
        }
        directory.move(draft, directory, Path.of(name));
    }

    /** Deletes a file or a link, if there is one. */
    void delete(Path name) throws IOException {
        try {
            directory.deleteFile(name);
        } catch (NoSuchFileException e) {
            // nothing to do
        }
    }

    static byte[] read(SeekableByteChannel channel, long from, long length) throws IOException {
        var buffer = ByteBuffer.allocate(Math.toIntExact(length));
        channel.position(from);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            continue;
        }
        return buffer.hasRemaining() ? java.util.Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }

    /** The number of a file on its file system; -1 where that has none. */
    static long inode(BasicFileAttributes file) {
        var number = INODE.matcher(String.valueOf(file.fileKey()));
        return number.find() ? Long.parseLong(number.group(1)) : -1;
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
