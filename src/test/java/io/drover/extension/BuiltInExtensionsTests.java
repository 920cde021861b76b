package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.manifest.ManifestReader;
import io.drover.home.Home;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class BuiltInExtensionsTests {
    private static final String MANIFEST = "manifestVersion: 1\nentry: bin/run\n";

    /** Has the names of both the folder and the class path's directory in it, to be mistaken for neither. */
    @TempDir
    Path root;

    private Path classes;
    private Path first;
    private Path last;

    @BeforeEach
    void carryAnExtension() throws IOException {
        classes = Files.createDirectories(root.resolve("extensions/Demo/classes"));
        first = Files.createDirectory(root.resolve("first"));
        last = root.resolve("last");
        carry("Demo/extension.yaml", MANIFEST);
        carry("Demo/bin/run", "no shebang");
        carry("Demo/tool.py", "#!/usr/bin/python3\n");
        carry("Demo/extensions/data file%20.txt", "text");
        carry("stray.txt", "not in a folder");
    }

    @Test
    void unpacksWithTheModesItsFilesNeed() throws IOException {
        unpack();
        assertThat(mode("Demo/bin/run")).isEqualTo("rwxr-xr-x");
        assertThat(mode("Demo/tool.py")).isEqualTo("rwxr-xr-x");
        assertThat(mode("Demo/extension.yaml")).isEqualTo("rw-r--r--");
        assertThat(mode("Demo/extensions/data file%20.txt")).isEqualTo("rw-r--r--");
        assertThat(last.resolve("Demo/bin/run")).hasContent("no shebang");
        assertThat(last.resolve("stray.txt")).doesNotExist();
        assertThat(Files.readString(last.resolve(".built-in/Demo")).strip())
                .isEqualTo(ExtensionDigest.of(last.resolve("Demo")));
    }

    @Test
    void unpacksFromAJar() throws IOException {
        var jar = root.resolve("drover.jar");
        try (var zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            for (var name : List.of("extensions", "extensions/Demo", "extensions/Demo/bin")) {
                Files.createDirectory(zip.getPath(name));
            }
            for (var name : List.of("extension.yaml", "bin/run", "tool.py")) {
                Files.copy(classes.resolve("extensions/Demo/" + name), zip.getPath("extensions/Demo/" + name));
            }
        }
        unpack(jar.toUri().toURL());
        assertThat(last.resolve("Demo/bin/run")).hasContent("no shebang").isExecutable();
        assertThat(last.resolve("Demo/extension.yaml")).hasContent(MANIFEST);
    }

    @Test
    void leavesAFolderInAnotherDirectoryAlone() throws IOException {
        Files.createDirectory(first.resolve("Demo"));
        unpack();
        assertThat(last.resolve("Demo")).doesNotExist();
    }

    @Test
    void leavesAFolderAloneThatItDidNotUnpack() throws IOException {
        Files.createDirectories(last.resolve("Demo"));
        unpack();
        assertThat(last.resolve("Demo")).isEmptyDirectory();
    }

    @Test
    void replacesAnUnchangedCopyByAnotherVersion() throws IOException {
        unpack();
        carry("Demo/bin/run", "version 2");
        Files.delete(classes.resolve("extensions/Demo/tool.py"));
        unpack();
        assertThat(last.resolve("Demo/bin/run")).hasContent("version 2").isExecutable();
        assertThat(last.resolve("Demo/tool.py")).doesNotExist();
        carry("Demo/bin/run", "version 3");
        unpack();
        assertThat(last.resolve("Demo/bin/run")).hasContent("version 3");
    }

    @Test
    void leavesAChangedCopyAlone() throws IOException {
        unpack();
        Files.writeString(last.resolve("Demo/bin/run"), "by hand");
        carry("Demo/bin/run", "version 2");
        unpack();
        unpack();
        assertThat(last.resolve("Demo/bin/run")).hasContent("by hand");
    }

    @Test
    void goesOnWithTheOthersWhenOneIsWrong() throws IOException {
        carry("Broken/extension.yaml", "[");
        unpack();
        assertThat(last.resolve("Demo")).exists();
        assertThat(last.resolve("Broken")).doesNotExist();
    }

    @Test
    void knowsItsOwnByTheirFolder() throws IOException {
        assertThat(builtIns(classes.toUri().toURL()).has(first.resolve("Demo"))).isTrue();
        assertThat(builtIns(classes.toUri().toURL()).has(first.resolve("Mine"))).isFalse();
    }

    private void unpack() throws IOException {
        unpack(classes.toUri().toURL());
    }

    private void unpack(URL url) throws IOException {
        builtIns(url).unpack();
    }

    private BuiltInExtensions builtIns(URL url) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {url}, null)) {
            var resources = new BuiltInResources(new PathMatchingResourcePatternResolver(loader));
            var properties = new ExtensionProperties(
                    List.of(first.toString(), last.toString()), Duration.ofMinutes(5), Set.of());
            return new BuiltInExtensions(
                    resources, new ExtensionDirectories(properties, Mockito.mock(Home.class)), new ManifestReader());
        }
    }

    private void carry(String path, String content) throws IOException {
        var file = classes.resolve("extensions").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(last.resolve(path)));
    }
}
