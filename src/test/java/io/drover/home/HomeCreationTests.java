package io.drover.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class HomeCreationTests {

    @Test
    void createsTheHomeForItsOwnerAloneAndMakesItsPathAbsolute(@TempDir Path directory) throws IOException {
        var relative = Path.of("").toAbsolutePath().relativize(directory.resolve("home"));
        var environment = new MockEnvironment().withProperty("drover.home", relative.toString());

        new HomeCreation().postProcessEnvironment(environment, new SpringApplication());

        var home = Path.of(String.valueOf(environment.getProperty("drover.home")));
        assertThat(home).isAbsolute().isEqualTo(directory.resolve("home"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }
}
