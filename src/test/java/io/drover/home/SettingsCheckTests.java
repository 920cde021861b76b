package io.drover.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting that there is not, or that cannot be, ends the start with a sentence. */
class SettingsCheckTests {

    private static void check(Map<String, Object> commandLine, Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", commandLine));
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        new SettingsCheck().postProcessEnvironment(environment, new SpringApplication());
    }

    @ParameterizedTest
    @CsvSource({
        "drover.homee, drover.home",
        "drover.hom, drover.home",
        "drover.runner.usr, drover.runner.user",
        "drover.runner.limits.procs, drover.runner.limits.processes",
        "drover.runer.user, drover.runner.user",
        "drover.node.leese, drover.node.lease",
        "drover.http.max-bodi, drover.http.max-body",
        "drover.dispatch.per-hosts, drover.dispatch.per-host",
        "drover.extension.directories, drover.extensions.directories",
        "drover.demo.enabled, drover.demo",
        "drover.home.path, drover.home",
        "drover.secrets.keyfiles, drover.secrets.key-file",
        "drover.port, server.port",
        "drover.server.port, server.port",
        "drover.http.port, server.port"
    })
    void anUnknownNameIsToldWithTheNearest(String name, String nearest) {
        assertThatThrownBy(() -> check(Map.of(name, "x"), Map.of()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("on the command line")
                .hasMessageContaining("did you mean " + nearest + "?");
    }

    @Test
    void aVariableIsToldAsAVariable() {
        assertThatThrownBy(() -> check(Map.of(), Map.of("DROVER_RUNNER_USR", "x")))
                .hasMessageContaining("'DROVER_RUNNER_USR' (in the environment); did you mean DROVER_RUNNER_USER?");
    }

    @Test
    void allThatAreUnknownAreToldAtOnce() {
        assertThatThrownBy(() ->
                        check(Map.of("drover.homee", "x", "drover.runner.usr", "x"), Map.of("DROVER_NODE_LEESE", "9s")))
                .hasMessageContainingAll("drover.homee", "drover.runner.usr", "DROVER_NODE_LEESE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drover.home",
                "drover.demo",
                "drover.runner.user",
                "drover.runner.atShutdown",
                "drover.runner.at-shutdown",
                "drover.runner.environment.PROXY",
                "drover.extensions.directories",
                "drover.extensions.directories[0]",
                "drover.runner.limits.processes",
                "drover.secrets.keyfile"
            })
    void aKnownNameIsTakenInEachSpelling(String name) {
        assertThat(new KnownSettings().has(ConfigurationPropertyName.adapt(name, '.')))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROVER_HOME",
                "DROVER_RUNNER_USER",
                "DROVER_RUNNER_OUTPUTCHECK",
                "DROVER_EXTENSIONS_DIRECTORIES_0",
                "DROVER_RUNNER_ENVIRONMENT_PROXY",
                "DROVER_RUNNER_MAX_OUTPUT",
                "DROVER_SANDBOX",
                "DROVER_DIRECTORIES_IMAGES",
                "DROVER_ACTION_ID",
                "DROVER_ATTEMPT",
                "DROVERS",
                "HOME"
            })
    void variablesOfSettingsAndThoseThatDroverGivesToProgramsAreTaken(String name) {
        var value = name.contains("OUTPUTCHECK") ? "1s" : name.contains("MAX_OUTPUT") ? "1MB" : "x";
        assertThatCode(() -> check(Map.of(), Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "DROVER_SERVICE_HOST, 10.0.0.1",
        "DROVER_SERVICE_HOST, fd00::1",
        "DROVER_SERVICE_PORT, 8080",
        "DROVER_SERVICE_PORT_HTTP, 8080",
        "DROVER_SERVICE_PORT_WEB_UI, 8080",
        "DROVER_PORT, tcp://10.0.0.1:8080",
        "DROVER_PORT, tcp://[fd00::1]:8080",
        "DROVER_PORT, udp://10.0.0.1:53",
        "DROVER_PORT_8080_TCP, tcp://10.0.0.1:8080",
        "DROVER_PORT_8080_TCP_PROTO, tcp",
        "DROVER_PORT_8080_TCP_PORT, 8080",
        "DROVER_PORT_8080_TCP_ADDR, 10.0.0.1",
        "DROVER_POSTGRES_SERVICE_HOST, 10.0.0.2",
        "DROVER_POSTGRES_SERVICE_PORT_PG, 5432",
        "DROVER_POSTGRES_PORT, tcp://10.0.0.2:5432",
        "DROVER_POSTGRES_PORT_5432_TCP_ADDR, 10.0.0.2",
        "DROVER_NODE_2_PORT_5432_UDP, udp://10.0.0.2:5432",
        "DROVER_NAME, /web/drover"
    })
    void whatPlatformsSayOfServicesIsNoSetting(String name, String value) {
        assertThatCode(() -> check(Map.of(), Map.of(name, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "DROVER_PORT, 9090, SERVER_PORT",
        "DROVER_PORT, 127.0.0.1:9090, SERVER_PORT",
        "DROVER_PORTS, 9090, SERVER_PORT",
        "DROVER_PORTS, tcp://10.0.0.1:8080, SERVER_PORT",
        "DROVER_SERVER_PORT, 9090, SERVER_PORT",
        "DROVER_HTTP_PORT, 9090, SERVER_PORT",
        "DROVER_NAME, drover, DROVER_HOME",
        "DROVER_HOMES, tcp://10.0.0.1:8080, DROVER_HOME",
        "DROVER_SERVICE_PORT, eight, ''",
        "DROVER_SERVICE_HOSTS, 10.0.0.1, ''",
        "DROVER_PORT_8080_TCP_ADDRESS, 10.0.0.1, ''"
    })
    void whatAPersonMeantIsNotPassedOver(String name, String value, String meant) {
        assertThatThrownBy(() -> check(Map.of(), Map.of(name, value)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("'" + name + "' (in the environment)")
                .hasMessageContaining(meant.isEmpty() ? "" : "did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "drover.node.lease, soon",
        "drover.node.lease, 1s",
        "drover.http.max-body, much",
        "drover.dispatch.running, many",
        "drover.dispatch.running, 0",
        "drover.demo, perhaps",
        "drover.runner.at-shutdown, explode",
        "drover.runner.sandbox, jail"
    })
    void aValueThatCannotBeIsASentence(String name, String value) {
        assertThatThrownBy(() -> check(Map.of(name, value), Map.of()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(name.substring(0, name.lastIndexOf('.')))
                .hasMessageNotContaining("\tat ");
    }

    @Test
    void theGuideListsEverySettingAndNoOther() throws IOException {
        var listed = new TreeSet<String>();
        var row = Pattern.compile("^\\| `(drover(\\.[a-z0-9-]+)+)").matcher("");
        for (var line : Files.readAllLines(Path.of("docs/operations.md"))) {
            if (row.reset(line).find()) {
                listed.add(row.group(1));
            }
        }
        var known = new LinkedHashMap<String, Boolean>();
        new KnownSettings().names().forEach(name -> known.put(name, true));
        assertThat(listed).allMatch(name -> new KnownSettings().has(ConfigurationPropertyName.of(name)));
        assertThat(known.keySet())
                .allMatch(name -> listed.stream().anyMatch(row2 -> row2.equals(name) || row2.startsWith(name + ".")));
    }
}
