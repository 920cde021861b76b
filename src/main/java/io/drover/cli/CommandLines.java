package io.drover.cli;

import ch.qos.logback.classic.Level;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads command lines that are not the server's and does what they say. */
@Command(
        name = "drover",
        description = "Without arguments, or with settings only (--name=value), the server is started.",
        subcommands = {VerifyCommand.class, NewExtensionCommand.class, LintCommand.class, HelpCommand.class},
        versionProvider = ImplementationVersion.class)
public final class CommandLines implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Says which version this is.")
    boolean version;

    CommandLines() {}

    /** Whether these arguments name a command; all others are settings of the server. */
    public static boolean isCommand(String... arguments) {
        if (arguments.length == 0) {
            return false;
        }
        var first = arguments[0];
        return !first.startsWith("--") || first.equals("--help") || first.equals("--version");
    }

    /** @return the exit code: 0 done, 1 done with a bad result, 2 wrong usage */
    public static int run(String... arguments) {
        silence();
        return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
    }

    /** What the server would log is part of what commands say. */
    private static void silence() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new CommandLines())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, wrong) -> {
                    err.println(mistake.getMessage());
                    mistake.getCommandLine().usage(err);
                    return 2;
                })
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return failure instanceof Refusal ? 2 : 1;
                })
                .execute(arguments);
    }

    /** Wrong usage that is found after the arguments have been read. */
    static final class Refusal extends RuntimeException {
        Refusal(String message) {
            super(message);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }
}
