package io.drover.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run consists of.
 *
 * @param kills how many SIGKILLs
 * @param seed makes the pauses and requests what they are; the moments still differ from run to run
 * @param directory for homes and logs
 * @param arguments the arguments of each server; there are as many servers
 */
record Plan(int kills, long seed, Path directory, List<List<String>> arguments) {

    /** One server with a database of its own. */
    static Plan oneNode(int kills) {
        return new Plan(kills, anySeed(), newDirectory(), List.of(wished()));
    }

    /** Two servers that share a database, the key of their secrets and their extensions. */
    static Plan twoNodes(int kills, EmbeddedPostgres postgres) {
        var directory = newDirectory();
        var shared = List.of(
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--drover.secrets.key-file=" + directory.resolve("secrets.key"),
                "--drover.extensions.directories=" + directory.resolve("extensions"));
        var arguments = Stream.concat(shared.stream(), wished().stream()).toList();
        return new Plan(kills, anySeed(), directory, List.of(arguments, arguments));
    }

    /** The servers, which have not been started. */
    List<Node> nodes() throws IOException {
        var nodes = new Node[arguments.size()];
        for (int index = 0; index < nodes.length; index++) {
            List<String> all = new ArrayList<>(arguments.get(index));
            all.add("--drover.extensions.allowed-directories.state=" + states());
            nodes[index] = new Node(home(index), all);
        }
        return List.of(nodes);
    }

    private Path home(int index) {
        return directory.resolve("node-" + (index + 1));
    }

    /** Where the Simulator keeps its VMs on whichever server made the demo; the others may run them, too. */
    private String states() {
        return IntStream.range(0, arguments.size())
                .mapToObj(index ->
                        home(index).resolve("simulator").toAbsolutePath().toString())
                .collect(Collectors.joining(","));
    }

    private static long anySeed() {
        return Long.getLong("drover.crash.seed", System.nanoTime());
    }

    /** Further settings of the servers, such as {@code --drover.node.lease=5s}. */
    private static List<String> wished() {
        var text = System.getProperty("drover.crash.arguments", "");
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "crash-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
