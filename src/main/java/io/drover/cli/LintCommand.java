package io.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.diagram.Diagrams;
import io.drover.diagram.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        versionProvider = ImplementationVersion.class,
        sortOptions = false,
        description = {
            "Checks diagrams as the server does when it loads them, and says all that is wrong.",
            "One line for each fault: FILE:LINE: ELEMENT: what is wrong and what is allowed.",
            "Exit code: 0 nothing wrong, 1 something wrong, 2 wrong usage."
        })
final class LintCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Diagrams, e.g. bpmn/*.bpmn.")
    List<Path> files = List.of();

    @Option(names = "--format", defaultValue = "TEXT", description = "text or json.")
    Format format = Format.TEXT;

    /** How faults are written. */
    enum Format {
        TEXT,
        JSON
    }

    /** A fault and whose it is. */
    record Found(String file, int line, String element, String message) {
        static Found of(Path file, Fault fault) {
            return new Found(file.toString(), fault.line(), fault.element(), fault.message());
        }

        String asLine() {
            return file + ":" + line + ": " + (element.isEmpty() ? "" : element + ": ") + message;
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<Found> all = new ArrayList<>();
        for (var file : files) {
            check(file).forEach(fault -> all.add(Found.of(file, fault)));
        }
        var out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            all.forEach(fault -> out.println(fault.asLine()));
        }
        return all.isEmpty() ? 0 : 1;
    }

    private static List<Fault> check(Path file) {
        var name = file.getFileName();
        if (name == null || !Files.isRegularFile(file)) {
            throw new CommandLines.Refusal(file + " is no file");
        }
        try {
            return Diagrams.check(name.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandLines.Refusal(file + " cannot be read: " + e.getMessage());
        }
    }
}
