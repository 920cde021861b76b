package io.drover.extension;

import static io.drover.extension.ExtensionsTests.assertConflict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.inventory.DetailOwner;
import io.drover.problem.ProblemException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappingTests extends RegistryTests {
    private UUID berlin;
    private Extension demo;

    @BeforeEach
    void createBoth() {
        berlin = cluster("berlin");
        demo = extensions.create(named("demo"), ADMIN);
    }

    @Test
    void findsTheExtensionOfACluster() {
        var mapping = extensions.map("demo", "berlin", Map.of("pool", "gold"), ADMIN);
        assertThat(extensions.ofCluster(berlin)).contains(demo);
        assertThat(extensions.mappingOf(berlin)).contains(mapping);
        assertThat(extensions.mappedClusters()).containsExactly(berlin);
        assertThat(extensions.mappings(demo)).containsExactly(mapping);
        assertThat(details.of(DetailOwner.RESOURCE_MAP, mapping.id())).containsEntry("pool", "gold");
        assertThat(history()).containsExactly("extension.created", "extension.mapped");
        assertThat(historyBodies().get(1)).contains("berlin", "pool").doesNotContain("gold");
    }

    @Test
    void findsNothingForAClusterThatIsNotMapped() {
        assertThat(extensions.ofCluster(berlin)).isEmpty();
        assertThat(extensions.mappingOf(berlin)).isEmpty();
        assertThat(extensions.mappedClusters()).isEmpty();
    }

    @Test
    void refusesASecondExtensionForACluster() {
        extensions.create(at("other", "x"), ADMIN);
        extensions.map("demo", "berlin", Map.of(), ADMIN);
        assertConflict("cluster-mapped", () -> extensions.map("other", "berlin", Map.of(), ADMIN));
        assertThatThrownBy(() -> extensions.map("other", "berlin", Map.of(), ADMIN))
                .hasMessageContaining("'demo'");
    }

    @Test
    void replacesDetailsAndRecordsOnlyAChange() {
        var mapping = extensions.map("demo", "berlin", Map.of("pool", "gold"), ADMIN);
        extensions.updateMapping("demo", "berlin", Map.of("zone", "1"), ADMIN);
        extensions.updateMapping("demo", "berlin", Map.of("zone", "1"), ADMIN);
        assertThat(details.of(DetailOwner.RESOURCE_MAP, mapping.id())).isEqualTo(Map.of("zone", "1"));
        assertThat(history()).containsExactly("extension.created", "extension.mapped", "extension.mapping-updated");
    }

    @Test
    void endsAMappingWithItsDetails() {
        var mapping = extensions.map("demo", "berlin", Map.of("pool", "gold"), ADMIN);
        extensions.unmap("demo", "berlin", ADMIN);
        assertThat(extensions.ofCluster(berlin)).isEmpty();
        assertThat(details.of(DetailOwner.RESOURCE_MAP, mapping.id())).isEmpty();
        assertThat(history()).endsWith("extension.unmapped");
    }

    @Test
    void refusesAMappingThatIsNotThere() {
        assertThatThrownBy(() -> extensions.unmap("demo", "berlin", ADMIN))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.slug())
                        .isEqualTo("mapping-not-found"));
    }
}
