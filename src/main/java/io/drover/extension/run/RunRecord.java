package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Drover has noted of a run on disk: its supervisor, the files that it made for the outputs, and the exit code. It counts
 * only with its proof; whatever else stands there is the program's and counts as missing.
 */
final class RunRecord {
    private static final int LONGEST_PID = 200;
    private static final int LONGEST_EXIT = 60;
    private static final String EXIT = "exit";
    private static final Pattern PROCESS = Pattern.compile(
            "((\\d{1,10}) (\\d{1,18}) \\d{1,19}( piped)?(?: (\\d{1,19}) (\\d{1,19}))?)(?: (\\p{XDigit}{32}))?");
    private static final Pattern CODE = Pattern.compile("(?:^|\\n)(\\d{1,3})(?: (\\p{XDigit}{32}))?\\n\\z");

    private final RunDirectory directory;
    private final RunProof proof;
    private final boolean fromBefore;

    /** @param fromBefore whether a Drover that knew no proofs may have written it */
    RunRecord(RunDirectory directory, RunProof proof, boolean fromBefore) {
        this.directory = directory;
        this.proof = proof;
        this.fromBefore = fromBefore;
    }

    RunDirectory directory() {
        return directory;
    }

    /** What the supervisor writes after the exit code. */
    String proofOfExit() {
        return proof.of(directory.actionId(), EXIT);
    }

    /** What it reports when the program has ended: a line that the program does not know. */
    String report() {
        return directory.actionId() + " " + proof.of(directory.actionId(), "end");
    }

    /**
     * Remembers the supervisor's process so exactly that a recycled process id is not taken for it, for the node's
     * watchdog the number that the run's processes carry, and which files the outputs are.
     */
    void write(ProcessTree tree, boolean piped) throws IOException {
        var said =
                tree.supervisor() + " " + tree.startTicks() + " " + tree.mark().number() + (piped ? " piped" : "") + " "
                        + RunFile.at(directory.output()).inode() + " "
                        + RunFile.at(directory.errorOutput()).inode();
        Files.writeString(directory.pid(), said + " " + proof.of(directory.actionId(), said) + "\n");
    }

    /**
     * Whether the program may have been started: its supervisor is noted before that, and a program that takes the note away
     * takes the payload away, too, unless it is only after that one file.
     */
    boolean mayHaveBegun() {
        return Files.exists(directory.pid(), LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(directory.payload(), LinkOption.NOFOLLOW_LINKS)
                || directory.isFenced();
    }

    /** The note of the supervisor, read once. */
    Note note() throws IOException {
        var line = read(RunDirectory.PID, LONGEST_PID)
                .filter(text -> text.endsWith("\n"))
                .map(text -> PROCESS.matcher(text.strip()))
                .filter(Matcher::matches)
                .filter(this::isProved);
        return line.map(this::note).orElse(Note.NONE);
    }

    private boolean isProved(Matcher line) {
        var shown = line.group(7);
        return shown == null ? fromBefore : shown.equals(proof.of(directory.actionId(), line.group(1)));
    }

    /** The tree below the supervisor, if that is still the one that was started, and for this run. */
    private Note note(Matcher line) {
        var tree = ProcessStat.of(Long.parseLong(line.group(2)))
                .filter(process -> process.startTicks() == Long.parseLong(line.group(3)))
                .map(process -> new ProcessTree(process.pid(), process.startTicks(), new RunMark(directory.actionId())))
                .filter(ProcessTree::isSupervised);
        return new Note(tree, line.group(4) != null, number(line.group(5)), number(line.group(6)));
    }

    private static @Nullable Long number(@Nullable String digits) {
        return digits == null ? null : Long.valueOf(digits);
    }

    /** The program's exit code, once the supervisor has written it. */
    Optional<Integer> exitCode() throws IOException {
        if (RunFile.at(directory.exit()).size() <= 0) {
            return Optional.empty();
        }
        return end(RunDirectory.EXIT, LONGEST_EXIT)
                .map(CODE::matcher)
                .filter(Matcher::find)
                .filter(code ->
                        code.group(2) == null ? fromBefore : code.group(2).equals(proofOfExit()))
                .map(code -> Integer.valueOf(code.group(1)));
    }

    private Optional<String> read(String name, int most) throws IOException {
        try (var handle = RunHandle.open(directory.path())) {
            return handle.start(name, most).map(RunRecord::text);
        } catch (java.nio.file.FileSystemException e) {
            return Optional.empty();
        }
    }

    /** A program may have written to the file before the supervisor did. */
    private Optional<String> end(String name, int most) throws IOException {
        try (var handle = RunHandle.open(directory.path());
                var channel = handle.file(name).orElse(null)) {
            if (channel == null) {
                return Optional.empty();
            }
            long from = Math.max(0, channel.size() - most);
            return Optional.of(text(RunHandle.read(channel, from, channel.size() - from)));
        } catch (java.nio.file.FileSystemException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * What was noted when the program was started.
     *
     * @param tree empty when the supervisor is gone
     * @param output the number of the file of its output; null where that is not known
     */
    record Note(
            Optional<ProcessTree> tree,
            boolean piped,
            @Nullable Long output,
            @Nullable Long errorOutput) {
        static final Note NONE = new Note(Optional.empty(), false, null, null);
    }
}
