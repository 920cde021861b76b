package io.drover.extension;

import static io.drover.extension.ExtensionsTests.assertConflict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ExtensionRemovalTests extends RegistryTests {

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void keepsTheFolderWithoutCleanup() {
        extensions.create(named("demo"), ADMIN);
        extensions.delete("demo", false, ADMIN);
        assertThatThrownBy(() -> extensions.get("demo")).hasMessageContaining("There is no extension");
        assertThat(last().resolve("demo/demo.sh")).exists();
        assertThat(history()).containsExactly("extension.created", "extension.deleted");
    }

    @Test
    void removesTheFolderWithCleanup() {
        extensions.create(named("demo"), ADMIN);
        extensions.delete("demo", true, ADMIN);
        assertThat(last()).isEmptyDirectory();
    }

    @Test
    void keepsTheFolderWhenTheTransactionFails() {
        extensions.create(named("demo"), ADMIN);
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            extensions.delete("demo", true, ADMIN);
            status.setRollbackOnly();
        });
        assertThat(nodes.here(extensions.get("demo")).ready()).isTrue();
    }

    @Test
    void refusesWhileMappedOrUsedByTemplatesAndSaysByWhich() {
        var extension = extensions.create(named("demo"), ADMIN);
        cluster("berlin");
        extensions.map("demo", "berlin", Map.of(), ADMIN);
        template("tiny", extension.id());
        assertConflict("extension-in-use", () -> extensions.delete("demo", true, ADMIN));
        assertThatThrownBy(() -> extensions.delete("demo", true, ADMIN))
                .hasMessageContaining("cluster berlin")
                .hasMessageContaining("template tiny");
        assertThat(nodes.here(extension).ready()).isTrue();
    }

    @Test
    void refusesToRemoveAFolderOutsideOfTheLastDirectory() throws IOException {
        manifest(first(), "demo", "manifestVersion: 1");
        extensions.rescan(ADMIN);
        assertConflict("extension-folder-kept", () -> extensions.delete("demo", true, ADMIN));
        extensions.delete("demo", false, ADMIN);
        assertThat(Files.exists(first().resolve("demo/extension.yaml"))).isTrue();
    }

    @Test
    void refusesToDeleteABuiltInExtension() {
        extensions.create(named("demo"), ADMIN);
        jdbc.sql("UPDATE extension SET user_defined = FALSE").update();
        assertConflict("extension-built-in", () -> extensions.delete("demo", false, ADMIN));
    }
}
