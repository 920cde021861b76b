package io.drover.conformance;

import static io.drover.conformance.Broken.MANIFEST;
import static io.drover.conformance.Broken.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extensions that are broken in one place each, in their files or in how they are spoken to; the kit says which. */
@Tag("matrix")
class BrokenExtensionTests {
    private static final List<Broken> ALL =
            Stream.of(inFiles(), inProtocol()).flatMap(List::stream).toList();
    private static BrokenRuns runs;

    @BeforeAll
    static void verify(@TempDir Path place) {
        runs = new BrokenRuns(ALL, place);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    @TempDir
    Path root;

    private static Broken files(Check check, String because, Broken.Damage damage) {
        return new Broken(check, Thoroughness.STATIC, because, damage);
    }

    private static Broken protocol(Check check, String because, String from, String to) {
        return new Broken(check, Thoroughness.PROTOCOL, because, Broken.edits(from, to));
    }

    static Stream<Broken> broken() {
        return ALL.stream();
    }

    private static List<Broken> inFiles() {
        return List.of(
                files(Check.MANIFEST, "/enty", it -> it.edit(MANIFEST, "entry:", "enty:")),
                files(Check.MANIFEST, "is missing", it -> {
                    Files.delete(it.folder.resolve(MANIFEST));
                    Files.delete(it.folder.resolve(SCRIPT));
                }),
                files(Check.ENTRY, "other.sh is missing", it -> it.edit(MANIFEST, "good.sh", "other.sh")),
                files(Check.ENTRY, "is not executable", it -> it.mode(SCRIPT, "rw-r--r--")),
                files(Check.INTERPRETER, "first line", it -> it.edit(SCRIPT, "#!/bin/sh", "# no shebang")),
                files(Check.INTERPRETER, "python9", it -> it.edit(SCRIPT, "#!/bin/sh", "#!/usr/bin/env python9")),
                files(Check.INTERPRETER, "/no/sh", it -> it.edit(SCRIPT, "#!/bin/sh", "#!/no/sh")),
                files(Check.LINE_ENDS, "CR LF", it -> it.edit(SCRIPT, "\n", "\r\n")),
                files(Check.MODES, "by everybody", it -> it.mode("README.md", "rw-rw-rw-")),
                files(
                        Check.LINKS,
                        "leads out",
                        it -> Files.createSymbolicLink(it.folder.resolve("link"), Path.of("/etc/hostname"))),
                files(
                        Check.REQUIREMENTS,
                        "apt-get install acme",
                        it -> it.edit(
                                MANIFEST,
                                "customActions:",
                                "requires: [{command: no-such-acme, install: apt-get install acme}]\ncustomActions:")),
                files(
                        Check.REQUIREMENTS,
                        "Python module no_such_module",
                        it -> it.edit(
                                MANIFEST, "customActions:", "requires: [{python: no_such_module}]\ncustomActions:")));
    }

    private static List<Broken> inProtocol() {
        return List.of(
                protocol(Check.ARGUMENTS, "must be refused", "[ $# -eq 3 ] ||", "[ $# -eq 3 ] || exit 0;"),
                protocol(Check.UNKNOWN_VERB, "other than 0", "refuse 'unknown verb'", "say '{}'"),
                protocol(Check.ARGUMENTS, "for good", "\"$1\"; exit 1;", "\"$1\"; exit 75;"),
                protocol(Check.ARGUMENTS, "for good", "\"%s\"}", "\"%s\",\"retryable\":true}"),
                protocol(Check.ERRORS, "answer-error", "\"%s\"}", "\"%s\",\"retryable\":\"yes\"}"),
                protocol(Check.NOT_JSON, "must be refused", "refuse 'not a JSON object'", "say '{}'"),
                protocol(Check.EMPTY_PAYLOAD, "must be refused", "refuse 'empty payload'", "say '{}'"),
                protocol(Check.MISSING_PAYLOAD, "must be refused", "refuse 'no payload'", "say '{}'"),
                protocol(Check.NO_VM, "must be refused", "refuse 'no VM'", "say '{}'"),
                protocol(Check.ERRORS, "stdout empty", "printf '{\"status\":\"error\"", "exit 1; printf '{\"a\":\"\""),
                protocol(Check.ERRORS, "answer-error", "\"error\":\"%s\"", "\"problem\":\"%s\""),
                protocol(Check.ERRORS, "exit code other than 0", "\"$1\"; exit 1;", "\"$1\"; exit 0;"),
                protocol(
                        Check.ARGUMENTS,
                        "exit code 7",
                        "[ $# -eq 3 ] || refuse",
                        "[ $# -eq 3 ] || exit 7; true || refuse"),
                protocol(Check.ONE_OBJECT, "and nothing else", "verb=$1 file=$2", "verb=$1 file=$2; echo 'debug: go'"),
                protocol(Check.ONE_OBJECT, "and nothing else", "exit 1; }", "printf '{}'; exit 1; }"),
                protocol(Check.UTF8, "not UTF-8", "verb=$1 file=$2", "verb=$1 file=$2; printf '\\377' >&2"),
                protocol(Check.SECRETS, "on stderr", "vm=$state/$name", "vm=$state/$name; echo \"$payload\" >&2"),
                protocol(
                        Check.ENVIRONMENT,
                        "must answer",
                        "verb=$1 file=$2",
                        "verb=$1 file=$2; [ -n \"$HOME\" ] || exit 1"),
                protocol(Check.LEFT_BEHIND, "sleep 97", "verb=$1 file=$2", "verb=$1 file=$2; sleep 97 >/dev/null &"),
                protocol(Check.FOLDER, "were changed", "verb=$1 file=$2", "verb=$1 file=$2; echo x >>\"${0%/*}/log\""));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isFoundOut(Broken broken) throws Exception {
        broken.assertFound(runs.of(broken));
    }

    @Test
    void oneThatHangsIsFoundOut() throws Exception {
        var extension = new SampleExtension(root).edit(SCRIPT, "status) ", "status) sleep 99; ");
        var options = extension.options(Thoroughness.FULL);
        var quick = new Options(
                options.level(), options.verbs(), options.details(), Duration.ofSeconds(1), null, false, null);
        var report = Conformance.verify(extension.folder, quick);
        assertThat(report.checks())
                .anyMatch(check -> check.id().equals(Check.ENDS.id()) && check.outcome() == Outcome.FAILED);
    }

    @Test
    void oneThatReadsStandardInputIsWarnedOf() throws Exception {
        var extension = new SampleExtension(root).edit(SCRIPT, "verb=$1 file=$2", "verb=$1 file=$2; cat >/dev/null");
        var options = extension.options(Thoroughness.PROTOCOL);
        var quick = new Options(
                options.level(), options.verbs(), options.details(), Duration.ofSeconds(1), null, false, null);
        var report = Conformance.verify(extension.folder, quick);
        assertThat(report.checks())
                .anyMatch(check -> check.id().equals(Check.STANDARD_INPUT.id()) && check.outcome() == Outcome.WARNING);
    }

    @Test
    void namingThePayloadsPlaceTellsNoSecretThatIsAWordOfIt() throws Exception {
        var extension = new SampleExtension(root).edit(SCRIPT, "refuse 'no payload'", "refuse \"no payload $file\"");
        assertThat(extension.verify(Thoroughness.PROTOCOL, "drover").passed()).isTrue();
        extension.edit(SCRIPT, "no payload $file", "drover: no payload $file");
        assertThat(Conformance.failures(extension.verify(Thoroughness.PROTOCOL, "drover")))
                .singleElement()
                .asString()
                .startsWith(Check.SECRETS.id());
    }
}
