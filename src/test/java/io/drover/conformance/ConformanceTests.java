package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.conformance.CheckResult.Finding;
import io.drover.conformance.CheckResult.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("matrix")
class ConformanceTests {
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path root;

    @Test
    void passesAnExtensionThatKeepsTheContract() throws IOException {
        var extension = new SampleExtension(root);
        var report = extension.verify(Thoroughness.FULL);
        assertThat(report.checks())
                .filteredOn(check -> check.outcome() != Outcome.PASSED)
                .isEmpty();
        assertThat(report.calls()).isGreaterThan(50);
        assertThat(extension.state).isEmptyDirectory();
    }

    @Test
    void printsACommandThatRepeatsTheCall() throws Exception {
        var extension = new SampleExtension(root).edit("good.sh", "stop) ", "stop) refuse \"it's stuck\"; ");
        var reports = root.resolve("it's here");
        var report = Conformance.verify(
                extension.folder, extension.options(Thoroughness.FULL).keeping(reports, false));
        var finding = findings(report, Check.MISSING_STOP.id(), Check.STOP.id()).get(0);
        var out = root.resolve("out").toFile();
        var code = new ProcessBuilder("sh", "-c", finding.command())
                .redirectOutput(out)
                .start()
                .waitFor();
        assertThat(code).isEqualTo(1);
        assertThat(json.readTree(out).path("error").asText()).isEqualTo("it's stuck");
        assertThat(reports.resolve("calls.sh")).content().contains(finding.command());
        assertThat(report.reports()).isEqualTo(reports.toString());
    }

    @Test
    void everyKeptCommandCanBeRunAgain() throws Exception {
        var extension = new SampleExtension(root);
        var reports = root.resolve("reports");
        var report = Conformance.verify(
                extension.folder, extension.options(Thoroughness.PROTOCOL).keeping(reports, true));
        assertThat(report.passed()).isTrue();
        var out = root.resolve("out").toFile();
        assertThat(new ProcessBuilder("sh", reports.resolve("calls.sh").toString())
                        .redirectOutput(out)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor())
                .isZero();
        assertThat(out.toPath()).content().contains("three arguments", "unknown verb", "no payload", "power_state");
    }

    @Test
    void keepsNothingOfARunThatPassed() throws IOException {
        var extension = new SampleExtension(root);
        var reports = root.resolve("reports");
        Conformance.verify(
                extension.folder, extension.options(Thoroughness.PROTOCOL).keeping(reports, false));
        assertThat(reports).doesNotExist();
    }

    @Test
    void showsTheMaskedPayloadWhereNoneIsKept() throws IOException {
        var extension = new SampleExtension(root).edit("good.sh", "stop) ", "stop) refuse stuck; ");
        var finding =
                findings(extension.verify(Thoroughness.FULL), Check.STOP.id()).get(0);
        assertThat(json.readTree(finding.payload())
                        .at("/externaldetails/extension/api_token")
                        .asText())
                .isEqualTo("******");
    }

    @Test
    void runsNothingAtLevelStatic() throws IOException {
        var extension =
                new SampleExtension(root).edit("good.sh", "#!/bin/sh", "#!/bin/sh\necho ran >> \"${0%/*}/ran\"");
        assertThat(extension.verify(Thoroughness.STATIC).calls()).isZero();
        assertThat(extension.folder.resolve("ran")).doesNotExist();
    }

    @Test
    void makesNoVmAtLevelProtocol() throws IOException {
        var extension = new SampleExtension(root).edit("good.sh", "create) ", "create) echo made > \"$state/made\"; ");
        assertThat(extension.verify(Thoroughness.PROTOCOL).passed()).isTrue();
        assertThat(extension.state).isEmptyDirectory();
    }

    @Test
    void letsAVmLiveInAProcessOfItsOwn() throws IOException {
        var extension = new SampleExtension(root)
                .edit(
                        "good.sh",
                        "create) ",
                        "create) [ -f \"$vm.pid\" ] || { sleep 96 >/dev/null 2>&1 & echo $! > \"$vm.pid\"; }; ")
                .edit(
                        "good.sh",
                        "delete) ",
                        "delete) [ ! -f \"$vm.pid\" ] || read -r pid <\"$vm.pid\"; [ ! -f \"$vm.pid\" ] || kill $pid; rm -f \"$vm.pid\"; ")
                .edit("good.sh", "\"$state\"/i-*;", "\"$state\"/i-*-VM;");
        assertThat(findings(extension.verify(Thoroughness.FULL))).isEmpty();
    }

    @Test
    void takesAFolderWithoutAManifestForCloudStacks() throws IOException {
        var extension = new SampleExtension(root);
        Files.delete(extension.folder.resolve("extension.yaml"));
        var report = extension.verify(Thoroughness.FULL);
        assertThat(report.passed()).isTrue();
        assertThat(report.count(Outcome.WARNING)).isEqualTo(1);
    }

    @Test
    void saysWhatFailedInASentenceEach() throws IOException {
        var extension = new SampleExtension(root).mode("good.sh", "rw-r--r--");
        assertThat(Conformance.failures(extension.verify(Thoroughness.STATIC)))
                .singleElement()
                .asString()
                .startsWith("static.entry: good.sh is not executable");
    }

    @Test
    void writesReportsInEveryForm() throws Exception {
        var extension = new SampleExtension(root).edit("good.sh", "stop) ", "stop) refuse 'a & b'; ");
        var report = extension.verify(Thoroughness.FULL);
        assertThat(ReportFormat.TEXT.write(report)).contains("FAIL lifecycle.stop", "a & b", "FAILED: ");
        var tree = json.readTree(ReportFormat.JSON.write(report));
        assertThat(tree.path("passed").asBoolean(true)).isFalse();
        assertThat(tree.path("level").asText()).isEqualTo("full");
        var file = Files.writeString(root.resolve("junit.xml"), ReportFormat.JUNIT.write(report));
        var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(Check.values().length);
        assertThat(xml.getElementsByTagName("failure").getLength()).isPositive();
    }

    @Test
    void tellsTheOneCauseOfManyFailuresFirstInEveryForm() throws Exception {
        var report = new SampleExtension(root)
                .edit("good.sh", "verb=$1 file=$2", "verb=$1 file=$2; echo 'debug: go'")
                .verify(Thoroughness.FULL);
        assertThat(report.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.check()).isEqualTo(Check.ONE_OBJECT.id());
            assertThat(cause.failed()).hasSizeGreaterThan(9).hasSize((int) report.count(Outcome.FAILED));
        });
        var because = "nothing else, but before it there is \"debug: go\"";
        assertThat(ReportFormat.TEXT.write(report).lines().findFirst().orElse(""))
                .startsWith("FAILED good 1.0, level full: output.one-object: ")
                .contains(because);
        var tree = json.readTree(ReportFormat.JSON.write(report));
        assertThat(tree.fieldNames()).toIterable().startsWith("passed", "causes");
        assertThat(tree.at("/causes/0/message").asText()).contains(because);
        var xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(
                        ReportFormat.JUNIT.write(report).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(xml.getElementsByTagName("property")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("value")
                        .getNodeValue())
                .contains(because);
        assertThat(xml.getElementsByTagName("testcase")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("name")
                        .getNodeValue())
                .startsWith("output.one-object");
        assertThat(Conformance.failures(report).get(0))
                .startsWith("output.one-object")
                .contains(because);
    }

    @Test
    void warnsOfASecretInAnEnvironment() throws IOException {
        var token = "token=${payload#*api_token\\\":\\\"}; API=${token%%\\\"*} sh -c 'sleep 0.4'; ";
        var report = new SampleExtension(root)
                .edit("good.sh", "status) ", "status) " + token)
                .verify(Thoroughness.PROTOCOL);
        assertThat(report.passed()).isTrue();
        assertThat(findings(report, Check.COMMAND_LINE.id()).toString())
                .contains("as API,", "sleep 0.4")
                .doesNotContain("t0ps3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "create", "start", "stop", "reboot", "status", "delete"})
    void samplePayloadsHaveTheFormOfTheServers(String verb) throws IOException {
        var servers = json.readTree(new File("src/test/resources/payloads/" + verb + ".json"));
        var sample = PayloadSamples.all(json).get(verb);
        assertThat(Schemas.problems("payload", servers)).isEmpty();
        assertThat(Schemas.problems("payload", sample)).isEmpty();
        assertThat(shape(sample)).isEqualTo(shape(servers));
        assertThat(sample.at("/cloudstack.vm.details/state")).isEqualTo(servers.at("/cloudstack.vm.details/state"));
    }

    /** The fields with their types; what stands in details differs from VM to VM. */
    private static Map<String, String> shape(JsonNode node) {
        Map<String, String> fields = new TreeMap<>();
        collect("", node, fields);
        fields.keySet()
                .removeIf(
                        path -> path.matches("/externaldetails/.*/.*|/cloudstack.vm.details/(details|networkId.*)/.*"));
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        fields.put(path, node.getNodeType().toString());
        node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), fields));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(path + "/" + i, node.get(i), fields);
        }
    }

    private static List<Finding> findings(Report report, String... checks) {
        var wanted = new TreeSet<>(List.of(checks));
        var findings = new ArrayList<Finding>();
        report.checks().stream()
                .filter(check -> wanted.isEmpty() ? check.outcome() != Outcome.PASSED : wanted.contains(check.id()))
                .forEach(check -> findings.addAll(check.findings()));
        return findings;
    }
}
