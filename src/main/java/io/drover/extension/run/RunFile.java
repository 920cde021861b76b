package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands under a file's name, looked at without opening it or following a link.
 *
 * @param inode its number; -1 where there is nothing
 * @param size -1 where it is no regular file
 * @param names how many names it has
 */
record RunFile(long inode, long size, int names) {
    private static final RunFile NONE = new RunFile(-1, -1, 0);
    private static final String ATTRIBUTES = "unix:ino,size,nlink,isRegularFile";

    static RunFile at(Path path) throws IOException {
        try {
            var found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            long size = Boolean.TRUE.equals(found.get("isRegularFile")) ? number(found, "size") : -1;
            return new RunFile(number(found, "ino"), size, (int) number(found, "nlink"));
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(Objects.requireNonNull(path.getParent()), LinkOption.NOFOLLOW_LINKS)) {
                return NONE;
            }
            throw e;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return withoutNumbers(path);
        }
    }

    private static RunFile withoutNumbers(Path path) throws IOException {
        var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new RunFile(0, found.isRegularFile() ? found.size() : -1, 1);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
    }

    /** Whether it is the file with that number or, where that is not known, a regular one without another name. */
    boolean is(@Nullable Long known) {
        return size >= 0 && (known == null ? names == 1 : known == inode);
    }

    /** Whether there is something. */
    boolean exists() {
        return inode >= 0;
    }
}
