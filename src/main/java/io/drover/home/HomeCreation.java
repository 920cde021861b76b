package io.drover.home;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Creates the home directory with its mode before anything, such as the database, can create it with another, keeps other
 * servers out of it, and makes its path absolute for all: the database H2 takes no other.
 */
class HomeCreation implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var home = environment.getProperty("drover.home");
        if (home != null) {
            var directory = Home.create(Path.of(home));
            HomeLock.hold(directory);
            MigrationBackup.restore(directory);
            var absolute = directory.toString();
            environment.getPropertySources().addFirst(new MapPropertySource("home", Map.of("drover.home", absolute)));
        }
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
