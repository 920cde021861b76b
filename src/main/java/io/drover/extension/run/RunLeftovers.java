package io.drover.extension.run;

import io.drover.problem.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of {@code runs/} that begin with a run's id: directories of runs, and what programs have renamed or put beside them.
 */
record RunLeftovers(Path directory, List<String> names) {
    private static final Logger LOG = LoggerFactory.getLogger(RunLeftovers.class);
    private static final int ID = 36;

    /** All that there is, but for what is none of Drover's, which is told. */
    static RunLeftovers in(Path runs) throws IOException {
        var names = names(runs);
        var others = names.stream().filter(name -> !isOfARun(name)).sorted().toList();
        if (!others.isEmpty()) {
            LOG.warn("{} has {}, which is not called like a run; remove what nobody needs", runs, others);
        }
        return new RunLeftovers(
                runs, names.stream().filter(RunLeftovers::isOfARun).toList());
    }

    /** What is of one run. */
    static RunLeftovers of(UUID run, Path runs) throws IOException {
        var id = run.toString();
        return new RunLeftovers(
                runs, names(runs).stream().filter(name -> name.startsWith(id)).toList());
    }

    private static List<String> names(Path runs) throws IOException {
        try (var entries = Files.list(runs)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Without what is of certain runs. */
    RunLeftovers allBut(Predicate<UUID> kept) {
        return new RunLeftovers(
                directory, names.stream().filter(name -> !kept.test(run(name))).toList());
    }

    /** Whose they are. */
    Set<UUID> runs() {
        return names.stream().map(RunLeftovers::run).collect(Collectors.toSet());
    }

    /**
     * Deletes all of them.
     *
     * @return how many there were
     */
    int remove() throws IOException {
        for (var name : names) {
            if (name.length() > ID) {
                LOG.warn("A program has left {} beside the directory of its run; it is removed", name);
            }
            new RunDirectory(directory.resolve(name)).delete();
        }
        return names.size();
    }

    private static boolean isOfARun(String name) {
        return name.length() >= ID && Names.isId(name.substring(0, ID));
    }

    private static UUID run(String name) {
        return UUID.fromString(name.substring(0, ID));
    }
}
