package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.extension.PackageGate.Level;
import io.drover.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What must not come in, and that nothing of it is left. */
@Tag("matrix")
class PackageRefusalTests extends RegistryTests {
    private static final int LINK = 0120777;

    @Autowired
    private Versions versions;

    static Stream<Arguments> refused() {
        return Stream.of(
                named("a path out of the folder", () -> with("../evil.sh"), "'..' segment"),
                named("a path out of it further down", () -> with("lib/../../evil.sh"), "'..' segment"),
                named("an absolute path", () -> with("/etc/cron.d/evil"), "absolute path"),
                named("a path with a drive", () -> with("C:/evil"), "absolute path"),
                named("a path with backslashes", () -> with("..\\evil"), "backslash"),
                named("a path with a line end", () -> with("a\nb"), "control character"),
                named("a path without end", () -> with("a".repeat(501)), "501 characters"),
                named("a deep path", () -> with("a/".repeat(30) + "b"), "directories deep"),
                named("a file twice", PackageRefusalTests::twice, "is there twice"),
                named("a file that is a directory, too", () -> with("acme.sh/x"), "file and a directory"),
                named("a link in a zip", PackageRefusalTests::zipLink, "is a link"),
                named("a symbolic link in a tar", () -> tarLink(TarConstants.LF_SYMLINK), "is a link"),
                named("a hard link in a tar", () -> tarLink(TarConstants.LF_LINK), "is a link"),
                named("a pipe in a tar", () -> tarLink(TarConstants.LF_FIFO), "device, a pipe"),
                named("a bomb", PackageRefusalTests::bomb, "bytes in all"),
                named("a header without end", PackageRefusalTests::longHeader, "header is longer"),
                named("10,000 files", () -> many(10_000), "more than 5000 files"),
                named("10,001 directories", PackageRefusalTests::directories, "more than 5000 files"),
                named("nothing", () -> Archives.zip(Map.of()), "has no files"),
                named("text", () -> bytes("just text"), "neither a zip nor a tar"),
                named("half a zip", PackageRefusalTests::half, "cannot be unpacked"),
                named("no manifest", () -> Archives.zip(Map.of("a.sh", "x")), "no extension.yaml"),
                named("a bad manifest", () -> Archives.zip(Map.of("extension.yaml", "colour: red")), "/colour"),
                named(
                        "no entry point",
                        () -> Archives.zip(Map.of("extension.yaml", "manifestVersion: 1\nname: acme\n")),
                        "lacks its entry point acme.sh"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Supplier<InputStream> archive, String reason) throws IOException {
        var refusal = catchThrowableOfType(
                ProblemException.class,
                () -> versions.upload(archive.get(), new Intake(null, null, Level.NONE), ADMIN));

        assertThat(refusal).hasMessageContaining(reason);
        assertNothingIsLeft();
    }

    @Test
    void refusesAnotherNameThanTheManifests() throws IOException {
        var refusal = catchThrowableOfType(
                ProblemException.class,
                () -> versions.upload(Archives.zip(Archives.acme("1")), new Intake("other", null, Level.NONE), ADMIN));

        assertThat(refusal).hasMessageContaining("'acme' in the manifest");
        assertNothingIsLeft();
    }

    @Test
    void refusesAFolderThatIsNone() {
        for (var path : List.of("relative", "/no/such/folder", "/dev/null")) {
            assertThat(catchThrowableOfType(
                            ProblemException.class,
                            () -> versions.importFolder(path, new Intake(null, null, Level.NONE), ADMIN)))
                    .hasMessageContaining("absolute path of a folder");
        }
    }

    private void assertNothingIsLeft() throws IOException {
        var packages = ROOT.resolve("home/packages");
        if (Files.exists(packages)) {
            try (var files = Files.list(packages)) {
                assertThat(files).isEmpty();
            }
        }
        assertThat(history()).isEmpty();
        assertThat(jdbc.sql("SELECT COUNT(*) FROM extension")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(ROOT.resolve("home/evil.sh")).doesNotExist();
    }

    private static Arguments named(String what, Supplier<InputStream> archive, String reason) {
        return Arguments.of(Named.of(what, archive), reason);
    }

    private static InputStream with(String name) {
        var files = Archives.acme("1");
        files.put(name, "x");
        return name.startsWith("/") || name.contains("\\") ? Archives.tar(files) : Archives.zip(files);
    }

    private static InputStream twice() {
        return Archives.zip(out -> {
            Archives.entry(out, "lib/a", new byte[1]);
            Archives.entry(out, "lib/./a", new byte[1]);
        });
    }

    private static InputStream zipLink() {
        return Archives.zip(out -> {
            var link = new ZipArchiveEntry("link");
            link.setUnixMode(LINK);
            out.putArchiveEntry(link);
            out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        });
    }

    private static InputStream tarLink(byte kind) {
        return Archives.tar(out -> {
            var link = new TarArchiveEntry("link", kind);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        });
    }

    /** 300 MB of zeros in a few hundred kilobytes. */
    private static InputStream bomb() {
        return Archives.zip(out -> {
            for (int i = 0; i < 3; i++) {
                Archives.entry(out, "zeros" + i, new byte[100 << 20]);
            }
        });
    }

    /** A name of 50 MB, which readers hold in memory. */
    private static InputStream longHeader() {
        return Archives.tar(out -> Archives.entry(
                out, new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), "a".repeat(50 << 20)));
    }

    private static InputStream many(int files) {
        return Archives.zip(out -> {
            for (int i = 0; i < files; i++) {
                Archives.entry(out, "f" + i, new byte[0]);
            }
        });
    }

    private static InputStream directories() {
        return Archives.tar(out -> {
            for (int i = 0; i <= 10_000; i++) {
                out.putArchiveEntry(new TarArchiveEntry("d" + i + "/"));
                out.closeArchiveEntry();
            }
        });
    }

    private static InputStream half() {
        try {
            var all = Archives.zip(Archives.acme("1")).readAllBytes();
            return new ByteArrayInputStream(all, 0, all.length / 2);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
