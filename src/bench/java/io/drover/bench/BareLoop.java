package io.drover.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/** The script called by commons-exec and nothing else: no engine, no record. */
final class BareLoop implements Contender {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG",
            "C.UTF-8",
            "LC_ALL",
            "C.UTF-8");

    private final Path script;
    private final Calls calls;

    BareLoop(Path script, Calls calls) {
        this.script = script;
        this.calls = calls;
    }

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public void call(int client) throws Exception {
        var file = calls.begin();
        var output = new ByteArrayOutputStream();
        var errorOutput = new ByteArrayOutputStream();
        var executor = DefaultExecutor.builder()
                .setExecuteStreamHandler(new PumpStreamHandler(output, errorOutput))
                .get();
        executor.setWatchdog(
                ExecuteWatchdog.builder().setTimeout(Duration.ofMinutes(30)).get());
        var command = new CommandLine(script.toFile());
        command.addArguments(new String[] {"status", file.toString(), "1800"}, false);
        executor.execute(command, ENVIRONMENT);
        Calls.end(file, output.toString(StandardCharsets.UTF_8));
    }
}
