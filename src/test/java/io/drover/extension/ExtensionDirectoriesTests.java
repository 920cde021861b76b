package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.home.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class ExtensionDirectoriesTests {
    @TempDir
    Path root;

    @Test
    void areTheWorkingDirectorysAndTheHomesByDefault() {
        runner().run(context -> {
            var directories = context.getBean(ExtensionDirectories.class);
            assertThat(directories.all())
                    .containsExactly(Path.of("extensions").toAbsolutePath(), root.resolve("home/extensions"));
            assertThat(directories.last()).isDirectory();
        });
    }

    @Test
    void areThoseThatAreConfiguredAndOnlyTheLastIsCreated() {
        var value = root.resolve("a") + "," + root.resolve("b/../c");
        runner().withPropertyValues("drover.extensions.directories=" + value).run(context -> {
            var directories = context.getBean(ExtensionDirectories.class);
            assertThat(directories.all()).containsExactly(root.resolve("a"), root.resolve("c"));
            assertThat(root.resolve("a")).doesNotExist();
            assertThat(root.resolve("c")).isDirectory();
            assertThat(directories.folders()).isEmpty();
        });
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Beans.class)
                .withPropertyValues("drover.home=" + root.resolve("home"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ExtensionProperties.class)
    @Import({Home.class, ExtensionDirectories.class})
    static class Beans {}
}
