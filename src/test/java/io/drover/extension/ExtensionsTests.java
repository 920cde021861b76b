package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.extension.files.ExtensionDigest;
import io.drover.inventory.DetailOwner;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTests extends RegistryTests {

    @Test
    void createsAnExtensionThatIsReadyFromTheScaffold() {
        var wanted = new NewExtension("demo", "A demo", null, Map.of("token", "s3cret"), true, true);
        var extension = extensions.create(wanted, ADMIN);
        assertThat(extensions.get("demo")).isEqualTo(extension);
        assertThat(extensions.get(extension.id().toString())).isEqualTo(extension);
        assertThat(extension.entry()).isEqualTo(last().resolve("demo/demo.sh"));
        assertThat(extension.description()).isEqualTo("A demo");
        assertThat(extension.manifest().prepare()).isTrue();
        assertThat(extension.userDefined()).isTrue();
        assertThat(extension.createdAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(nodes.here(extension)).isEqualTo(Readiness.yes(ExtensionDigest.of(extension.directory())));
        assertThat(details.of(DetailOwner.EXTENSION, extension.id())).containsEntry("token", "s3cret");
        assertThat(history()).containsExactly("extension.created");
        assertThat(historyBodies()).noneMatch(body -> body.contains("s3cret"));
        assertThat(extensions.rescan(ADMIN)).isEqualTo(new RescanReport(java.util.List.of(), java.util.List.of()));
    }

    @Test
    void registersAScriptThatIsNotThereYet() {
        var extension = extensions.create(at("pve", "pve/bin/pve.py"), ADMIN);
        assertThat(extension.path()).isEqualTo("bin/pve.py");
        assertThat(last().resolve("pve")).doesNotExist();
        assertThat(nodes.here(extension)).isEqualTo(Readiness.no("the folder pve is missing", null));
    }

    @Test
    void leavesAFolderThatHasFilesAsItIs() throws IOException {
        Files.createDirectory(last().resolve("pve"));
        Files.writeString(last().resolve("pve/pve.sh"), "#!/bin/bash\n");
        extensions.create(named("pve"), ADMIN);
        assertThat(last().resolve("pve").toFile().list()).containsExactly("pve.sh");
        assertThat(last().resolve("pve/pve.sh")).hasContent("#!/bin/bash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.sh", "/etc/passwd", "a/b/c/d"})
    void refusesAPathOutOfTheFolderAndWritesNothing(String path) {
        assertThatThrownBy(() -> extensions.create(at("demo", path), ADMIN))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                                refusal.violations().get(0).pointer())
                        .isEqualTo("/path"));
        assertThat(last()).isEmptyDirectory();
        assertThat(history()).isEmpty();
    }

    @Test
    void refusesANameTwice() {
        extensions.create(named("demo"), ADMIN);
        assertConflict("extension-exists", () -> extensions.create(at("demo", "x.sh"), ADMIN));
    }

    @Test
    void refusesAFolderThatHasAManifest() throws IOException {
        manifest(last(), "demo", "manifestVersion: 1");
        assertConflict("extension-folder-has-manifest", () -> extensions.create(named("demo"), ADMIN));
    }

    @Test
    void refusesABadNameAndControlCharacters() {
        assertThatThrownBy(() -> extensions.create(named("../demo"), ADMIN)).hasMessageContaining("/name");
        var described = new NewExtension("demo", "a\0b", null, Map.of(), false, true);
        assertThatThrownBy(() -> extensions.create(described, ADMIN)).hasMessageContaining("/description");
    }

    @Test
    void listsByNameInPages() {
        for (var name : new String[] {"c", "a", "b"}) {
            extensions.create(at(name, "x"), ADMIN);
        }
        var page = extensions.list(PageRequest.of(2, null));
        assertThat(page.items()).extracting(Extension::name).containsExactly("a", "b");
        assertThat(extensions.list(PageRequest.of(2, page.next())).items())
                .extracting(Extension::name)
                .containsExactly("c");
    }

    @Test
    void changesOnlyWhatIsGiven() {
        var id = extensions
                .create(new NewExtension("demo", "old", null, Map.of("a", "1"), false, true), ADMIN)
                .id();
        var updated = extensions.update("demo", new ExtensionUpdate("new", null, null), RESOURCE_ADMIN);
        assertThat(updated.description()).isEqualTo("new");
        assertThat(updated.enabled()).isTrue();
        extensions.update("demo", new ExtensionUpdate(null, null, Map.of("b", "2")), ADMIN);
        assertThat(details.of(DetailOwner.EXTENSION, id)).isEqualTo(Map.of("b", "2"));
        extensions.update("demo", new ExtensionUpdate("new", true, Map.of("b", "2")), ADMIN);
        assertThat(history()).containsExactly("extension.created", "extension.updated", "extension.updated");
        assertThat(historyBodies().get(2)).isEqualTo("{\"details\":[\"b\"]}");
    }

    @Test
    void letsOnlyAnAdminChangeDetails() {
        var id = extensions
                .create(new NewExtension("demo", "old", null, Map.of("a", "1"), false, true), ADMIN)
                .id();
        for (var given : List.of(Map.<String, String>of(), Map.of("a", "1"), Map.of("a", "2"))) {
            var update = new ExtensionUpdate("new", null, given);
            assertThat(catchThrowableOfType(
                                    ProblemException.class, () -> extensions.update("demo", update, RESOURCE_ADMIN))
                            .kind())
                    .isEqualTo(ProblemException.Kind.FORBIDDEN);
        }
        assertThat(details.of(DetailOwner.EXTENSION, id)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void recordsEachChangeOfStateOnce() {
        extensions.create(named("demo"), ADMIN);
        assertThat(extensions.disable("demo", ADMIN).enabled()).isFalse();
        extensions.disable("demo", ADMIN);
        assertThat(extensions.enable("demo", ADMIN).enabled()).isTrue();
        assertThat(history()).containsExactly("extension.created", "extension.disabled", "extension.enabled");
    }

    @Test
    void letsOnlyAnAdminEnable() {
        extensions.create(named("demo"), ADMIN);
        extensions.disable("demo", RESOURCE_ADMIN);
        var enabling = new ExtensionUpdate(null, true, null);
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> extensions.update("demo", enabling, RESOURCE_ADMIN))
                        .kind())
                .isEqualTo(ProblemException.Kind.FORBIDDEN);
        assertThat(extensions.get("demo").enabled()).isFalse();
        assertThat(extensions.update("demo", enabling, ADMIN).enabled()).isTrue();
    }

    @Test
    void refusesAnUnknownReference() {
        assertThatThrownBy(() -> extensions.get("nothing")).hasMessage("There is no extension 'nothing'");
        assertThatThrownBy(() -> extensions.get(UUID.randomUUID())).hasMessageContaining("There is no extension");
    }

    static void assertConflict(String slug, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(ProblemException.Kind.CONFLICT);
            assertThat(refusal.slug()).isEqualTo(slug);
        });
    }
}
