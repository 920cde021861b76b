package io.drover.conformance;

import io.drover.extension.PackageGate;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.run.ExtensionRunner;
import io.drover.home.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The kit as the gate on packages; programs run as the user and in the sandbox in which they always do. */
@Component
class ConformanceGate implements PackageGate {
    private final ExtensionRunner runner;
    private final Home home;
    private final Clock clock;

    ConformanceGate(ExtensionRunner runner, Home home, Clock clock) {
        this.runner = runner;
        this.home = home;
        this.clock = clock;
    }

    @Override
    public List<String> failures(Path folder, ExtensionManifest manifest, Level level) {
        if (level == Level.NONE) {
            return List.of();
        }
        var work = home.root().resolve("verification-" + UUID.randomUUID());
        var options = Options.of(Thoroughness.valueOf(level.name())).knowing(manifest);
        return Conformance.failures(Conformance.verify(folder, options, runner, work, clock));
    }
}
