package io.drover.demo;

import io.drover.extension.run.KeptDirectories;
import io.drover.home.Home;
import io.drover.home.StartStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where the demo's VMs are kept: programs can write there however they are held, also when the demo is no longer asked for. */
@Component
class DemoState extends StartStep {
    private final KeptDirectories kept;
    private final Path directory;
    private final boolean wanted;

    DemoState(KeptDirectories kept, Home home, @Value("${drover.demo:true}") boolean wanted) {
        super(0);
        this.kept = kept;
        this.directory = home.root().resolve("simulator");
        this.wanted = wanted;
    }

    Path directory() {
        return directory;
    }

    @Override
    protected void run() {
        if (wanted || Files.isDirectory(directory)) {
            kept.offer(directory);
        }
    }
}
