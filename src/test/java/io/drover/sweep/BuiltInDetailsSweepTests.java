package io.drover.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.DetailType;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each detail of each extension that comes with Drover, at each level, against values that reach further than it is meant to. */
@Tag("matrix")
class BuiltInDetailsSweepTests {
    private static final Set<DetailType> FORMED = Set.of(
            DetailType.INTEGER,
            DetailType.BOOLEAN,
            DetailType.URL,
            DetailType.PATH,
            DetailType.WINDOWS_PATH,
            DetailType.UUID);

    @TempDir
    Path temporary;

    static List<ExtensionManifest> builtIns() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("extensions"))) {
            return folders.filter(folder -> Files.exists(folder.resolve(ExtensionManifest.FILE)))
                    .sorted()
                    .map(folder -> new ManifestReader().read(folder).manifest())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void everyDetailHasAForm(ExtensionManifest manifest) {
        assertThat(manifest.configuration().names()).isNotEmpty();
        each(manifest, (level, name, field) -> {
            assertThat(FORMED.contains(field.type())
                            || !field.options().isEmpty()
                            || field.form().pattern() != null)
                    .as("%s of the %s says what it may be", name, level)
                    .isTrue();
            if (field.type() == DetailType.PATH || field.type() == DetailType.WINDOWS_PATH) {
                assertThat(field.form().below()).as("%s of the %s", name, level).isNotEmpty();
            }
            if (field.type() == DetailType.URL) {
                assertThat(field.form().url().schemes())
                        .as("%s of the %s", name, level)
                        .isNotEmpty();
            }
            if (field.type() == DetailType.INTEGER) {
                assertThat(field.form().min()).as("%s of the %s", name, level).isNotNull();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void everyHostileValueIsRefusedOrDoesNothing(ExtensionManifest manifest) throws IOException {
        var directories = directories();
        List<String> taken = new ArrayList<>();
        int[] walked = {0};
        each(manifest, (level, name, field) -> Hostile.all(temporary.resolve("home"))
                .forEach(hostile -> {
                    walked[0]++;
                    var problem = manifest.configuration()
                            .problems(level, Map.of(name, hostile.getValue()), directories)
                            .get(name);
                    if (problem == null && !Tolerated.in(manifest.name(), name, field, hostile.getKey())) {
                        taken.add(name + " of the " + level + ": " + hostile);
                    }
                }));

        assertThat(taken).as("%s: %d combinations", manifest.name(), walked[0]).isEmpty();
        System.out.println(manifest.name() + ": " + walked[0] + " combinations of detail, level and value");
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void aDetailIsRefusedAtLevelsThatDoNotKnowIt(ExtensionManifest manifest) {
        for (var name : manifest.configuration().names()) {
            for (var level : Level.values()) {
                if (manifest.configuration().field(level, name).isEmpty()) {
                    assertThat(manifest.configuration().problems(level, Map.of(name, "x"), null))
                            .as("%s of the %s", name, level)
                            .containsEntry(
                                    name,
                                    "is no detail of the " + level + ", but of the "
                                            + String.join(
                                                    " or the ",
                                                    manifest.configuration().levelsOf(name).stream()
                                                            .map(Level::wireName)
                                                            .toList()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void whoeverDecidesWhereASecretGoesIsKnown(ExtensionManifest manifest) {
        each(manifest, (level, name, field) -> {
            boolean decides = field.type() == DetailType.URL
                    || Set.of("verify_tls_certificate", "ca_file", "authentication")
                            .contains(name);
            if (decides && !manifest.secretDetails().isEmpty()) {
                assertThat(manifest.secretDetails())
                        .as("%s of the %s", name, level)
                        .anyMatch(field::directs);
            }
        });
    }

    /** Java knows no other names of files than those of the locale that it was started in. */
    private static String inTheNamesOfThisSystem(String name) {
        var charset = Charset.forName(System.getProperty("sun.jnu.encoding"));
        return charset.newEncoder().canEncode(name) ? name : "plain";
    }

    @Test
    void aSymbolicLinkOutOfAnAllowedDirectoryIsRefused() throws IOException {
        var directories = directories();
        var home = Files.createDirectories(temporary.resolve("home"));
        Files.createDirectories(home.resolve("keys"));
        var images = temporary.resolve("images");
        Files.createSymbolicLink(images.resolve("file"), home.resolve("keys"));
        Files.createSymbolicLink(images.resolve("away"), home);
        Files.createSymbolicLink(images.resolve("nowhere"), temporary.resolve("missing/x"));
        Files.createSymbolicLink(images.resolve("round"), images.resolve("round"));
        Files.createSymbolicLink(images.resolve("inside"), images.resolve("real.qcow2"));
        var qemu =
                new ManifestReader().read(Path.of("extensions/QEMU")).manifest().configuration();

        for (var bad : List.of("file", "away/keys/secrets.key", "nowhere", "round", "away")) {
            for (var value : List.of(bad, images.resolve(bad).toString())) {
                assertThat(qemu.problems(Level.TEMPLATE, Map.of("image", value), directories))
                        .as(value)
                        .containsKey("image");
            }
        }
        for (var good :
                List.of("inside", "real.qcow2", "new/" + inTheNamesOfThisSystem("ümläut") + ", 100% $(x).qcow2")) {
            for (var value : List.of(good, images.resolve(good).toString())) {
                assertThat(qemu.problems(Level.TEMPLATE, Map.of("image", value), directories))
                        .as(value)
                        .isEmpty();
            }
        }
    }

    private AllowedDirectories directories() throws IOException {
        var images = Files.createDirectories(temporary.resolve("images")).toString();
        return AllowedDirectories.of(Map.of(
                "images", List.of(images, "/srv/images"),
                "vms", List.of(temporary.resolve("vms").toString()),
                "state", List.of(temporary.resolve("vms").toString()),
                "keys", List.of("/etc/drover"),
                "certificates", List.of("/etc/drover"),
                "serial", List.of("/var/log/drover-serial"),
                "sockets", List.of("/run/libvirt"),
                "hyperv-disks", List.of("D:\\vhd", "D:\\vms"),
                "hyperv-images", List.of("D:\\templates")));
    }

    private interface Visitor {
        void visit(Level level, String name, DetailField field);
    }

    private static void each(ExtensionManifest manifest, Visitor visitor) {
        for (var level : Level.values()) {
            manifest.configuration().at(level).forEach((name, field) -> visitor.visit(level, name, field));
        }
    }
}
