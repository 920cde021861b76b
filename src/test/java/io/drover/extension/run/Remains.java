package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is left of a run, looked for in other ways than the runner's: by a number that stands in the arguments or in the path of
 * the executable, by the run's id anywhere in arguments and environment, by working directory and by open files. What was there
 * before the tests began is not looked at, nor is the tool by which the runner itself keeps outputs small.
 */
record Remains(String number, String id) {
    private static final Instant BEGUN =
            ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);

    List<ProcessHandle> find() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().startInstant().orElse(BEGUN).compareTo(BEGUN) >= 0)
                .filter(process -> isOfTheRun(Path.of("/proc", Long.toString(process.pid()))))
                .toList();
    }

    private boolean isOfTheRun(Path process) {
        if (text(process.resolve("stat")).contains(") Z ")
                || link(process.resolve("exe")).endsWith("/fallocate")) {
            return false;
        }
        var told = text(process.resolve("cmdline")) + text(process.resolve("environ")) + link(process.resolve("exe"));
        return told.contains(number)
                || told.contains(id)
                || link(process.resolve("cwd")).contains(id)
                || opens(process.resolve("fd"));
    }

    private boolean opens(Path descriptors) {
        try (var links = Files.list(descriptors)) {
            return links.anyMatch(descriptor -> link(descriptor).contains(id));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    static Stream<String> tell(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process -> process.pid() + " "
                        + text(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' '));
    }
}
