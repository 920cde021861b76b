package io.drover.bench;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Measures Drover's way of running an action, see docs/performance.md. */
public final class Bench {
    private static final int VMS = 64;

    private final Settings settings;
    private final PrintStream out;
    private final Path directory;
    private final Path script;

    private Bench(Settings settings, PrintStream out, Path directory) throws Exception {
        this.settings = settings;
        this.out = out;
        this.directory = directory;
        this.script = Script.trivial(directory.resolve("extensions"));
        Script.slow(directory.resolve("extensions"));
    }

    /** Runs what the arguments name, see {@link Settings}, and prints it as Markdown. */
    public static void main(String[] arguments) throws Exception {
        var settings = Settings.of(arguments);
        var work = Files.createDirectories(Path.of("target"));
        var directory = Files.createTempDirectory(work, "bench-").toAbsolutePath();
        boolean done = run(settings, directory);
        FileSystemUtils.deleteRecursively(directory);
        System.exit(done ? 0 : 1);
    }

    private static boolean run(Settings settings, Path directory) {
        try {
            var bench = new Bench(settings, System.out, directory);
            for (var kind : settings.databases()) {
                bench.measure(kind);
            }
            return true;
        } catch (Exception e) {
            e.printStackTrace(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            return false;
        }
    }

    private void measure(String kind) throws Exception {
        try (var databases = new Databases(kind, directory.resolve(kind), settings.url());
                var application = new Application(
                        directory.resolve(kind).resolve("home"),
                        directory.resolve("extensions"),
                        databases.create("drover"))) {
            var vms = application.deploy("Trivial", VMS);
            var drover = new JavaDoor(application, vms);
            drover.call(0);
            var calls =
                    new Calls(directory.resolve("calls"), application.payload().getBytes(StandardCharsets.UTF_8));
            var bare = new BareLoop(script, calls);
            if (settings.parts().contains("compare")) {
                compare(databases, contenders(databases, calls, bare, drover, new RestDoor(application, vms)));
            }
            if (settings.parts().contains("sequence")) {
                new Sequence(kind, application, bare, vms.get(0)).run(out);
            }
            if (settings.parts().contains("burst")) {
                new Burst(kind, application).run(out);
            }
            if (settings.parts().contains("lists")) {
                new Lists(kind, application, settings.requests()).run(out, settings.rows());
            }
            if (settings.parts().contains("disk")) {
                var size = kind.equals("h2")
                        ? DatabaseSize.ofH2(application.jdbc(), directory, databases.options())
                        : DatabaseSize.ofPostgres(application.jdbc());
                new Disk(application, drover, size).run(out, settings.rows().get(0));
            }
            if (settings.statements() && kind.equals("h2")) {
                new Statements(application.jdbc()).run(out, drover);
            }
        }
    }

    private void compare(Databases databases, List<Contender> contenders) throws Exception {
        try {
            new Comparison(settings, databases.kind(), databases.server(), contenders).run(out);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private List<Contender> contenders(
            Databases databases, Calls calls, Contender bare, Contender drover, Contender rest) throws Exception {
        List<Contender> all = new ArrayList<>();
        for (var name : settings.contenders()) {
            all.add(
                    switch (name) {
                        case "bare" -> bare;
                        case "shell", "shell-async" -> {
                            boolean async = name.endsWith("async");
                            var database = databases.create(async ? "shell_async" : "shell");
                            yield new StockShellTask(database, async, settings.history(), script, calls);
                        }
                        case "drover" -> drover;
                        case "rest" -> rest;
                        default -> throw new IllegalArgumentException("No contender is called '" + name + "'");
                    });
        }
        return all;
    }
}
