package io.drover.cli;

import io.drover.extension.Scaffold;
import io.drover.problem.ProblemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new-extension",
        mixinStandardHelpOptions = true,
        versionProvider = ImplementationVersion.class,
        sortOptions = false,
        description = "Writes the folder of a new extension that passes drover verify, to be filled in.")
final class NewExtensionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "1 to 63 letters, digits, '.', '_' and '-'.")
    String name = "";

    @Option(
            names = "--language",
            defaultValue = "bash",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Scaffold.Language language = Scaffold.Language.BASH;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the folder NAME is made (default: here).")
    Path directory = Path.of(".");

    @Option(names = "--description", paramLabel = "TEXT", description = "What the extension drives.")
    @Nullable
    String description;

    @Option(names = "--prepare", description = "The first start of a VM begins with the verb prepare.")
    boolean prepare;

    @Override
    public Integer call() {
        var folder = directory.resolve(name);
        try {
            Scaffold.write(folder, new Scaffold.Wanted(name, description, language, prepare));
        } catch (ProblemException e) {
            throw new CommandLines.Refusal(String.valueOf(e.getMessage()));
        }
        var out = spec.commandLine().getOut();
        out.println("Written: " + folder);
        out.println("Next: java -jar drover.jar verify " + folder);
        return 0;
    }
}
