package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

class SecretBoxTests {
    @TempDir
    Path home;

    @TempDir
    Path otherHome;

    private static void open(ApplicationContextRunner server, Consumer<SecretBox> test) {
        ContextConsumer<AssertableApplicationContext> consumer =
                context -> test.accept(context.getBean(SecretBox.class));
        server.run(consumer);
    }

    @Test
    void opensWhatWasSealedEvenAfterARestart() {
        var sealed = new String[1];
        open(AccessContext.runner(home), box -> {
            sealed[0] = box.seal("s3cret ü");
            assertThat(box.open(sealed[0])).isEqualTo("s3cret ü");
            assertThat(box.seal("s3cret ü")).isNotEqualTo(sealed[0]).startsWith("v1:");
            assertThat(box.open(box.seal(""))).isEmpty();
        });
        open(AccessContext.runner(home), box -> assertThat(box.open(sealed[0])).isEqualTo("s3cret ü"));
    }

    @Test
    void onlyTheOwnerMayReadTheKey() {
        open(AccessContext.runner(home), box -> assertThat(home.resolve("keys/secrets.key"))
                .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------")));
    }

    @Test
    void refusesWhatWasChangedNamingTheKeysFileAndNotTheText() {
        open(AccessContext.runner(home), box -> {
            var sealed = box.seal("s3cret");
            var bytes = Base64.getDecoder().decode(sealed.substring(3));
            bytes[bytes.length - 1] ^= 1;
            var changed = "v1:" + Base64.getEncoder().encodeToString(bytes);
            for (var wrong : new String[] {changed, "v1:AAAA", "v1:???", sealed.substring(3), ""}) {
                assertThatThrownBy(() -> box.open(wrong))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(home.resolve("keys/secrets.key").toString())
                        .hasMessageNotContaining("s3cret");
            }
        });
    }

    @Test
    void anotherKeyOpensNothingAndASharedOneDoes() {
        var sealed = new String[1];
        open(AccessContext.runner(home), box -> sealed[0] = box.seal("s3cret"));
        open(AccessContext.runner(otherHome), box -> assertThatThrownBy(() -> box.open(sealed[0]))
                .hasMessageContaining(otherHome.toString()));
        var shared = AccessContext.runner(otherHome)
                .withPropertyValues("drover.secrets.key-file=" + home.resolve("keys/secrets.key"));
        open(shared, box -> assertThat(box.open(sealed[0])).isEqualTo("s3cret"));
    }

    @Test
    void aKeyFileWithSomethingElseInItStopsTheStart() throws Exception {
        var file = Files.writeString(otherHome.resolve("my.key"), "not a key");
        AccessContext.runner(home)
                .withPropertyValues("drover.secrets.key-file=" + file)
                .run(context ->
                        assertThat(context).hasFailed().getFailure().rootCause().hasMessageNotContaining("not a key"));
    }
}
