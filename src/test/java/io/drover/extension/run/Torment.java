package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A kind of misbehaviour that torture.sh knows, and what has to come of it.
 *
 * @param outcome checks the result
 * @param leavings how many processes stay, which a program that ended by itself may leave behind
 */
record Torment(String kind, Consumer<RunResult> outcome, int leavings) {
    private static final long FLOOD = 3_000_000;
    private static final long TERABYTE = 1L << 40;

    static List<Torment> all() {
        return Stream.of(ended(), lost(), endless()).flatMap(kinds -> kinds).toList();
    }

    boolean isEndless() {
        return endless().anyMatch(torment -> torment.kind.equals(kind));
    }

    @Override
    public String toString() {
        return kind;
    }

    private static Stream<Torment> ended() {
        return Stream.of(
                prints("answers", 0, "{\"status\":\"success\"}"),
                prints("refuses", 3, "{\"error\":\"no\"}"),
                prints("halfJson", 0, "{\"status\":\"succ"),
                exits("stderrOnly", 0, result -> {
                    assertThat(result.output().text()).isEmpty();
                    assertThat(result.errorOutput().text()).isEqualTo("only here\n");
                }),
                prints("malformed", 0, "\uFFFD\uFFFDok\uFFFD\0end"),
                exits("floodsStdout", 0, result -> checkFlood(result.output())),
                exits("floodsStderr", 0, result -> checkFlood(result.errorOutput())),
                prints("closesStdout", 4, "begun"),
                prints("closesEverything", 5, ""),
                prints("diesByTerm", 143, ""),
                prints("diesByKill", 137, ""),
                prints("diesBySegv", 139, ""),
                prints("diesByAbrt", 134, ""),
                prints("diesByPipe", 141, ""),
                prints("diesByUsr1", 138, ""),
                prints("killsGroup", 137, ""),
                prints("killsGroupSoftly", 143, ""),
                prints("forksQuickly", 0, "400\n"),
                prints("forksInBulk", 0, "60\n"),
                prints("bigArguments", 0, "100001\n"),
                prints("fillsDirectory", 0, ""),
                prints("deletesPayload", 0, ""),
                prints("scribbles", 6, ""),
                prints("fifoForPid", 0, "done\n"),
                prints("fifoForPayload", 0, "done\n"),
                exits("fifosAround", 0, result -> checkFlood(result.output())),
                prints("forgesPid", 0, "done\n"),
                prints("forgesExit", 7, ""),
                prints("digsDeep", 0, "done\n"),
                exits("growsStdout", 0, result -> assertThat(result.output().bytes())
                        .isGreaterThanOrEqualTo(TERABYTE)),
                new Torment("leavesDaemon", prints("", 0, "left\n").outcome, 1),
                new Torment("leavesOutputOpen", prints("", 0, "left\n").outcome, 1));
    }

    private static Stream<Torment> lost() {
        var gone =
                ("vanishesAndKillsSupervisor deletesDirectory deletesOutputs forgesExitAndKillsSupervisor fifoForStdout"
                                + " fifoForStderr fifoForExit deviceForStdout zeroesForStdout terminalForStderr loopForStdout"
                                + " nothingForStdout linkToFifoForStdout otherForStdout hardLinkForStderr folderForStdout"
                                + " anotherForStdout fifoForDirectory linkForDirectory otherDirectory copiedDirectory")
                        .split(" ");
        return Stream.concat(
                Stream.of(gone).map(kind -> ends(kind, Ending.LOST)),
                // where there are pipes the program goes on in them until its timeout
                Stream.of(ends("killsSupervisor", Ending.LOST, Ending.TIMED_OUT)));
    }

    private static Stream<Torment> endless() {
        return Stream.of(("overruns ignoresSignals childIgnoresSignals setsid doubleForks nohup vanishes vanishesTwice"
                                + " leavesDirectory deletesDirectoryAndHangs fifosEverywhere linksEverywhere movesDirectoryAndHangs"
                                + " forgesExitAndHangs changesName changesGroup makesZombies"
                                + " floodsForEver stopsItself stopsSupervisor stopsChild forksAtTerm cleansUpAtTerm hops hopsAway"
                                + " bigEnvironment")
                        .split(" "))
                .map(kind -> ends(kind, Ending.TIMED_OUT));
    }

    private static Torment prints(String kind, int exitCode, String output) {
        return exits(kind, exitCode, result -> assertThat(result.output())
                .isEqualTo(new Output(output, result.output().bytes(), false)));
    }

    private static Torment exits(String kind, int exitCode, Consumer<RunResult> rest) {
        Consumer<RunResult> ending = result -> {
            assertThat(result.ending()).isEqualTo(Ending.EXITED);
            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(result.failure()).isNull();
        };
        return new Torment(kind, ending.andThen(rest), 0);
    }

    private static Torment ends(String kind, Ending... endings) {
        return new Torment(
                kind,
                result -> {
                    assertThat(result.ending()).isIn((Object[]) endings);
                    assertThat(result.exitCode()).isNull();
                    assertThat(String.valueOf(result.failure())).doesNotContain("could not be ended");
                },
                0);
    }

    private static void checkFlood(Output output) {
        assertThat(output.bytes()).isEqualTo(FLOOD);
        assertThat(output.cut()).isTrue();
    }
}
