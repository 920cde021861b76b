package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.RescanReport.Change;
import io.drover.inventory.DetailOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class ExtensionScanTests extends RegistryTests {

    @Test
    void registersFoldersWithAManifestInEveryDirectory() throws IOException {
        manifest(first(), "one", "manifestVersion: 1\ndetails: {latency: \"0\"}");
        manifest(last(), "two", "manifestVersion: 1\nname: deux");
        manifest(last(), ".hidden", "manifestVersion: 1\nname: hidden");
        var report = extensions.rescan(ADMIN);
        assertThat(report.problems()).isEmpty();
        assertThat(report.changes()).containsExactly(new Change("one", "registered"), new Change("deux", "registered"));
        assertThat(details.of(DetailOwner.EXTENSION, extensions.get("one").id()))
                .isEqualTo(Map.of("latency", "0"));
        assertThat(extensions.get("deux").enabled()).isTrue();
        assertThat(history()).containsExactly("extension.registered", "extension.registered");
        assertThat(extensions.rescan(ADMIN).changes()).isEmpty();
    }

    @Test
    void namesFoldersThatAreNoExtensionYet() throws IOException {
        extensions.create(at("registered", "run.sh"), ADMIN);
        for (var folder : List.of("registered", "from-cloudstack", "Proxmox")) {
            Files.createDirectories(last().resolve(folder));
        }
        Files.writeString(last().resolve("README"), "no folder");

        var report = extensions.rescan(ADMIN);

        assertThat(report.changes()).isEmpty();
        assertThat(report.problems())
                .extracting(RescanReport.Trouble::file)
                .containsExactly(
                        last().resolve("Proxmox").toString(),
                        last().resolve("from-cloudstack").toString());
        assertThat(report.problems().get(0).reason()).contains("comes with Drover", "rename it");
        assertThat(report.problems().get(1).reason())
                .isEqualTo("has no extension.yaml, so it is no extension yet: write one, or register it with"
                        + " POST /api/v1/extensions, its name and the path of its program.");
    }

    @Test
    void takesAChangedManifestOverAndKeepsWhatPeopleSet() throws IOException {
        manifest(last(), "one", "manifestVersion: 1\ndetails: {a: \"1\"}");
        extensions.rescan(ADMIN);
        extensions.update("one", new ExtensionUpdate("by hand", false, Map.of("a", "2")), ADMIN);
        manifest(last(), "one", "manifestVersion: 1\nversion: 2.0.0\nentry: new.py\ndetails: {a: \"3\"}");
        assertThat(extensions.rescan(ADMIN).changes()).containsExactly(new Change("one", "updated"));
        var extension = extensions.get("one");
        assertThat(extension.manifest().version()).isEqualTo("2.0.0");
        assertThat(extension.entry()).isEqualTo(last().resolve("one/new.py"));
        assertThat(extension.description()).isEqualTo("by hand");
        assertThat(extension.enabled()).isFalse();
        assertThat(details.of(DetailOwner.EXTENSION, extension.id())).isEqualTo(Map.of("a", "2"));
        assertThat(history()).endsWith("extension.updated");
    }

    @Test
    void sealsDetailsThatBecomeSecret() throws IOException {
        manifest(last(), "one", "manifestVersion: 1\ndetails: {url_key: x}");
        extensions.rescan(ADMIN);
        manifest(last(), "one", "manifestVersion: 1\nsecretDetails: [url_key]");
        extensions.rescan(ADMIN);
        assertThat(details.masked(DetailOwner.EXTENSION, extensions.get("one").id()))
                .isEqualTo(Map.of("url_key", "******"));
    }

    @Test
    void registersTheOthersWhenOneIsWrong() throws IOException {
        manifest(last(), "bad", "manifestVersion: 1\ncolour: red\nentry: ../x");
        manifest(last(), "broken", "[");
        manifest(last(), "good", "manifestVersion: 1");
        Files.createDirectories(last().resolve("odd/extension.yaml"));
        var report = extensions.rescan(ADMIN);
        assertThat(report.changes()).containsExactly(new Change("good", "registered"));
        assertThat(report.problems()).hasSize(3);
        assertThat(report.problems().get(0).file()).endsWith("bad/extension.yaml");
        assertThat(report.problems().get(0).reason()).contains("colour", "/entry");
    }

    @Test
    void leavesANameWithTheFolderThatHasIt() throws IOException {
        manifest(first(), "one", "manifestVersion: 1");
        manifest(last(), "one", "manifestVersion: 1\nversion: 2.0.0");
        var report = extensions.rescan(ADMIN);
        assertThat(report.changes()).containsExactly(new Change("one", "registered"));
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file())
                    .isEqualTo(last().resolve("one/extension.yaml").toString());
            assertThat(problem.reason()).contains("belongs to the extension in " + first().resolve("one"));
        });
    }

    @Test
    void refusesANameThatChanged() throws IOException {
        manifest(last(), "one", "manifestVersion: 1");
        extensions.rescan(ADMIN);
        manifest(last(), "one", "manifestVersion: 1\nname: uno");
        assertThat(extensions.rescan(ADMIN).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("a name cannot change"));
    }

    @Test
    void keepsAnExtensionWhoseFolderIsGoneAndFollowsItElsewhere() throws IOException {
        manifest(last(), "one", "manifestVersion: 1");
        extensions.rescan(ADMIN);
        FileSystemUtils.deleteRecursively(last().resolve("one"));
        var report = extensions.rescan(ADMIN);
        assertThat(report.problems()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("gone"));
        assertThat(nodes.here(extensions.get("one")).reason()).isEqualTo("the folder one is missing");
        manifest(first(), "one", "manifestVersion: 1");
        assertThat(extensions.rescan(ADMIN).changes()).containsExactly(new Change("one", "updated"));
        assertThat(extensions.get("one").directory()).isEqualTo(first().resolve("one"));
    }

    @Test
    void givesABareExtensionItsManifestLater() throws IOException {
        var id = extensions.create(at("one", "one.py"), ADMIN).id();
        manifest(last(), "one", "manifestVersion: 1\nprepare: true");
        assertThat(extensions.rescan(ADMIN).changes()).containsExactly(new Change("one", "updated"));
        assertThat(extensions.get("one").id()).isEqualTo(id);
        assertThat(extensions.get("one").manifest().prepare()).isTrue();
    }
}
