package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.when;

import io.drover.extension.PackageGate.Level;
import io.drover.extension.files.ExtensionDigest;
import io.drover.node.Nodes;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;

class VersionsTests extends RegistryTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Autowired
    private Versions versions;

    @Autowired
    private Nodes others;

    @Autowired
    private ReadinessRecord record;

    @Autowired
    private ReadinessRepository readiness;

    @AfterEach
    void beAlone() {
        Mockito.reset(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tgz"})
    void takesAnArchiveAsANewExtension(String kind) throws IOException {
        var extension = versions.upload(archive(kind, "1.0"), new Intake(null, null, Level.NONE), ADMIN);

        assertThat(extension.name()).isEqualTo("acme");
        assertThat(extension.manifest().version()).isEqualTo("1.0");
        assertThat(extension.managed()).isTrue();
        assertThat(extension.enabled()).isTrue();
        assertThat(extension.digest()).isEqualTo(ExtensionDigest.of(extension.directory()));
        assertThat(nodes.here(extension)).isEqualTo(Readiness.yes(String.valueOf(extension.digest())));
        assertThat(extension.entry()).isExecutable();
        assertThat(history())
                .containsExactly("extension.registered", "extension.version-added", "extension.version-activated");
    }

    @Test
    void takesTheOnlyFolderOfAnArchiveForTheExtension() {
        var files = new java.util.LinkedHashMap<String, String>();
        Archives.acme("1").forEach((name, content) -> files.put("acme-1.0/" + name, content));

        assertThat(versions.upload(Archives.zip(files), new Intake(null, null, Level.NONE), ADMIN)
                        .entry())
                .isExecutable();
    }

    @Test
    void keepsOlderVersionsAndGoesBackToThem() {
        var first = upload("1.0");
        var second = upload("2.0");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.directory()).isNotEqualTo(first.directory());
        assertThat(first.directory()).exists();
        assertThat(versions.list("acme"))
                .extracting(version -> version.manifest().version())
                .containsExactlyInAnyOrder("1.0", "2.0");

        var reverted = versions.activate("acme", String.valueOf(first.digest()).substring(0, 8), ADMIN);

        assertThat(reverted.manifest().version()).isEqualTo("1.0");
        assertThat(reverted.directory()).isEqualTo(first.directory());
        assertThat(nodes.here(reverted).ready()).isTrue();
    }

    @Test
    void runsAnActionWithTheVersionItWasBegunWith() {
        var first = upload("1.0");
        var second = upload("2.0");

        assertThat(nodes.atVersion(second, first.digest()).entry()).isEqualTo(first.entry());
        assertThat(nodes.atVersion(second, second.digest()).entry()).isEqualTo(second.entry());
    }

    @Test
    void doesNotRunFilesThatSomebodyHasChangedUntilTheyAreRepaired() throws IOException {
        var extension = upload("1.0");
        Files.writeString(extension.directory().resolve("lib/answer.sh"), "rm -rf /\n");

        assertThat(nodes.here(extension).ready()).isFalse();
        assertThat(nodes.here(extension).reason()).contains("lib/answer.sh differs", "version 1.0");

        var repaired = versions.repair("acme", ADMIN);

        assertThat(nodes.here(repaired).ready()).isTrue();
        assertThat(extension.directory().resolve("lib/answer.sh")).content().contains("answer()");
    }

    @Test
    void unpacksAVersionThatThisNodeDoesNotHave() throws IOException {
        var extension = upload("1.0");
        org.springframework.util.FileSystemUtils.deleteRecursively(extension.directory());

        assertThat(nodes.here(extension).ready()).isTrue();
        assertThat(extension.entry()).isExecutable();
    }

    @Test
    void forgetsAVersionThatIsNotActive() {
        var first = upload("1.0");
        var second = upload("2.0");
        var active = catchThrowableOfType(
                ProblemException.class, () -> versions.delete("acme", String.valueOf(second.digest()), ADMIN));

        versions.delete("acme", String.valueOf(first.digest()), ADMIN);

        assertThat(active.slug()).isEqualTo("version-active");
        assertThat(versions.list("acme")).singleElement().satisfies(version -> assertThat(version.digest())
                .isEqualTo(second.digest()));
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> versions.activate("acme", String.valueOf(first.digest()), ADMIN))
                        .slug())
                .isEqualTo("version-not-found");
    }

    @Test
    void importsAFolderAndRunsItInPlaceOfTheFolder() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);

        var imported = versions.importFolder(folder.toString(), new Intake(null, null, Level.NONE), ADMIN);
        Files.writeString(folder.resolve("acme.sh"), "#!/bin/sh\nexit 1\n");

        assertThat(imported.managed()).isTrue();
        assertThat(imported.directory()).isNotEqualTo(folder);
        assertThat(nodes.here(imported).ready()).isTrue();
        assertThat(extensions.rescan(ADMIN).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("runs an uploaded version"));
    }

    @Test
    void takesChangesOfAFolderAtOnceWhileItIsTheOnlyNode() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);
        var before = nodes.here(extensions.get("acme")).digest();

        Files.writeString(folder.resolve("lib/answer.sh"), "answer() { :; }\n");

        var now = nodes.here(extensions.get("acme"));
        assertThat(now.ready()).isTrue();
        assertThat(now.digest())
                .isNotEqualTo(before)
                .isEqualTo(extensions.get("acme").digest());
    }

    @Test
    void namesTheFileThatDiffersFromAnotherNodesAndTellsItOnce() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);
        var extension = extensions.get("acme");
        record.look(extension);
        otherNode(extension.id(), String.valueOf(extensions.get("acme").digest()));
        Files.writeString(folder.resolve("lib/answer.sh"), "answer() { rm -rf /; }\n");

        var changed = record.look(extensions.get("acme"));
        record.look(extensions.get("acme"));

        assertThat(changed.reason()).contains("those of node other", "lib/answer.sh differs");
        assertThat(history().stream().filter("extension.not-ready"::equals)).hasSize(1);

        otherNode(extension.id(), String.valueOf(changed.digest()));

        assertThat(record.look(extensions.get("acme")).ready()).isTrue();
        assertThat(history().stream().filter("extension.ready"::equals)).hasSize(1);
    }

    @Test
    void makesTheFilesOfTheNodeCountWhereSomebodyRescans() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);
        nodes.here(extensions.get("acme"));
        otherNode(
                extensions.get("acme").id(),
                String.valueOf(extensions.get("acme").digest()));
        Files.writeString(folder.resolve("extension.yaml"), "manifestVersion: 1\nname: acme\nversion: \"3\"\n");

        assertThat(nodes.here(extensions.get("acme")).ready()).isFalse();
        extensions.rescan(ADMIN);

        assertThat(nodes.here(extensions.get("acme")).ready()).isTrue();
        assertThat(extensions.get("acme").manifest().version()).isEqualTo("3");
    }

    @Test
    void isNotReadyWithAFileThatEverybodyCanWrite() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);
        Files.setPosixFilePermissions(folder.resolve("acme.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(record.look(extensions.get("acme")).reason()).contains("acme.sh can be written by everybody");
    }

    @Test
    void isNotReadyWithoutWhatItRequires() throws IOException {
        var folder = Archives.acmeIn(last());
        Files.writeString(
                folder.resolve("extension.yaml"),
                "manifestVersion: 1\nname: acme\nrequires: [{command: no-such-tool, install: apt-get install nst}]\n");
        extensions.rescan(ADMIN);

        assertThat(record.look(extensions.get("acme")).reason())
                .isEqualTo("no-such-tool is missing; install it: apt-get install nst");
    }

    @Test
    void takesACloudStackExtensionThatHasNoManifest() {
        var files = Archives.acme("1");
        files.remove("extension.yaml");

        var extension = versions.upload(Archives.zip(files), new Intake("acme", null, Level.NONE), ADMIN);

        assertThat(extension.path()).isEqualTo("acme.sh");
        assertThat(nodes.here(extension).ready()).isTrue();
        assertThat(versions.repair("acme", ADMIN).name()).isEqualTo("acme");
    }

    @Test
    void takesTheNameOfAFolderWhereItsManifestSaysNone() throws IOException {
        var folder = Archives.acmeIn(last());
        Files.writeString(folder.resolve("extension.yaml"), "manifestVersion: 1\n");

        assertThat(versions.importFolder(folder.toString(), new Intake(null, null, Level.NONE), ADMIN)
                        .name())
                .isEqualTo("acme");
    }

    @Test
    void doesNotRunAVersionThatIsGone() {
        var first = upload("1.0");
        var second = upload("2.0");
        versions.delete("acme", String.valueOf(first.digest()), ADMIN);
        org.springframework.util.FileSystemUtils.deleteRecursively(
                first.directory().toFile());

        assertThat(nodes.here(nodes.atVersion(second, first.digest())).reason()).contains("is no longer there");
        assertThat(nodes.here(second).ready()).isTrue();
    }

    private Extension upload(String version) {
        return versions.upload(Archives.zip(Archives.acme(version)), new Intake(null, null, Level.NONE), ADMIN);
    }

    private static InputStream archive(String kind, String version) throws IOException {
        var files = Archives.acme(version);
        return switch (kind) {
            case "zip" -> Archives.zip(files);
            case "tar" -> Archives.tar(files);
            default -> Archives.tgz(files);
        };
    }

    private void otherNode(UUID extension, String digest) {
        when(others.othersUp()).thenReturn(Set.of("other"));
        readiness.put(extension, "other", Readiness.yes(digest), NOW);
    }
}
