package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.extension.PackageGate.Level;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Template;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConfigurationTests extends RegistryTests {
    private static final String DECLARED = """
            manifestVersion: 1
            name: acme
            reservedDetails: [acme_id]
            configuration:
              extension: {url: {type: url, required: true, description: Where the API is}}
              resourceMap: {pool: {required: true}}
              host: {url: {type: url}, node: {required: true}, pin: {type: integer, secret: true}}
              template: {image: {required: true}}
              vm: {disk_gb: {type: integer, options: ["10", "20"]}}
            """;

    @Autowired
    private Versions versions;

    @Autowired
    private ConfigurationCheck configuration;

    private Extension acme;
    private UUID berlin;

    @BeforeEach
    void register() {
        var files = Archives.acme("1");
        files.put("extension.yaml", DECLARED);
        acme = versions.upload(Archives.zip(files), new Intake(null, null, Level.NONE), ADMIN);
        berlin = cluster("berlin");
    }

    @Test
    void saysWhatAHostLacksWhenItIsAdded() {
        extensions.map("acme", "berlin", Map.of("pool", "gold"), ADMIN);

        assertThat(configuration.ofHost(berlin, Map.of()))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/extension/details/url", "/details/node");
        assertThat(configuration.ofHost(berlin, Map.of("url", "https://a", "node", "n")))
                .isEmpty();
        assertThat(configuration.ofHost(cluster("paris"), Map.of())).isEmpty();
    }

    @Test
    void saysOnceWhatSeveralLevelsKnow() {
        var files = Archives.acme("2");
        files.put(
                "extension.yaml", DECLARED.replace("url: {type: url}, node", "url: {type: url, required: true}, node"));
        versions.upload(Archives.zip(files), new Intake(null, null, Level.NONE), ADMIN);
        extensions.map("acme", "berlin", Map.of("pool", "gold"), ADMIN);

        assertThat(configuration.ofHost(berlin, Map.of("node", "n")))
                .singleElement()
                .satisfies(missing -> {
                    assertThat(missing.pointer()).isEqualTo("/details/url");
                    assertThat(missing.message()).contains("of the extension or the host");
                });
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingSecrets() {
        extensions.map("acme", "berlin", Map.of("pool", "gold"), ADMIN);

        assertThat(configuration.ofHost(berlin, Map.of("url", "nowhere", "node", "n", "pin", "hunter2")))
                .satisfiesExactlyInAnyOrder(
                        violation -> {
                            assertThat(violation.pointer()).isEqualTo("/details/url");
                            assertThat(violation.value()).isEqualTo("nowhere");
                            assertThat(violation.message()).contains("must be a URL");
                        },
                        violation -> {
                            assertThat(violation.pointer()).isEqualTo("/details/pin");
                            assertThat(violation.value()).isNull();
                        });
    }

    @Test
    void refusesToServeAClusterWhoseHostsLackSomething() {
        host("h1", berlin);

        var refusal =
                catchThrowableOfType(ProblemException.class, () -> extensions.map("acme", "berlin", Map.of(), ADMIN));

        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/extension/details/url", "/cluster/details/pool", "/hosts/h1/details/node");
        assertThat(refusal).hasMessageContaining("Where the API is");
        assertThat(extensions.mappings(acme)).isEmpty();
    }

    @Test
    void keepsTheExtensionsDetailsAsItsManifestDeclaresThem() {
        var host = host("h1", berlin);
        details.replace(DetailOwner.HOST, host, Map.of("node", "n"), Set.of());
        update(Map.of("url", "https://a"));
        extensions.map("acme", "berlin", Map.of("pool", "gold"), ADMIN);

        assertThat(refusal(Map.of("url", "a b"))).hasMessageContaining("/details/url: must be a URL");
        assertThat(refusal(Map.of())).hasMessageContaining("/extension/details/url: is missing");
        update(Map.of("url", "https://b"));
    }

    @Test
    void checksANewVmsDetails() {
        var template = new Template(UUID.randomUUID(), "t", null, "x86_64", acme.id(), Instant.EPOCH);

        assertThat(configuration.ofVm(null, template, UUID.randomUUID(), Map.of("disk_gb", "15")))
                .extracting(Violation::message)
                .containsExactlyInAnyOrder(
                        "must be one of 10, 20", "is missing; extension 'acme' requires it of the template");
        assertThat(configuration.ofTemplate(acme.id(), Map.of()))
                .singleElement()
                .satisfies(missing -> assertThat(missing.pointer()).isEqualTo("/details/image"));
        assertThat(configuration.reserved()).containsExactly("acme_id");
    }

    private void update(Map<String, String> values) {
        extensions.update("acme", new ExtensionUpdate(null, null, values), ADMIN);
    }

    private ProblemException refusal(Map<String, String> values) {
        return catchThrowableOfType(ProblemException.class, () -> update(values));
    }

    private UUID host(String name, UUID cluster) {
        var id = UUID.randomUUID();
        jdbc.sql("INSERT INTO host (id, name, cluster_id, state, created_at) VALUES (?, ?, ?, 'Up', CURRENT_TIMESTAMP)")
                .params(List.of(id, name, cluster))
                .update();
        return id;
    }
}
