package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.ADMIN;
import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drover.page.PageRequest;
import io.drover.problem.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InventoryTest
class CatalogueTests {
    private static final PageRequest FIRST = PageRequest.of(null, null);

    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Networks networks;
    private final Details details;
    private final InventoryFixtures fixtures;

    CatalogueTests(
            Clusters clusters,
            Hosts hosts,
            Templates templates,
            ServiceOfferings offerings,
            Networks networks,
            Details details,
            InventoryFixtures fixtures) {
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
        this.offerings = offerings;
        this.networks = networks;
        this.details = details;
        this.fixtures = fixtures;
    }

    @BeforeEach
    void reset() {
        fixtures.reset();
    }

    @Test
    void findsByNameAndById() {
        var demo = clusters.get("demo");

        assertThat(clusters.get(demo.id().toString())).isEqualTo(demo);
        assertThat(refusal(() -> clusters.get("nope")).slug()).isEqualTo("cluster-not-found");
        assertThat(refusal(() -> offerings.get("nope")).slug()).isEqualTo("service-offering-not-found");
    }

    @Test
    void changesOnlyWhatIsGiven() {
        var made = clusters.create(new ClusterSpec("west", "by the sea", Map.of("a", "1", "b", "2")), ADMIN);
        Map<String, @Nullable String> changes = new HashMap<>(Map.of("c", "3"));
        changes.put("a", null);

        assertThat(clusters.update("west", new ClusterSpec(null, null, changes), ADMIN))
                .isEqualTo(made);
        assertThat(details.of(DetailOwner.CLUSTER, made.id())).isEqualTo(Map.of("b", "2", "c", "3"));

        var renamed = clusters.update("west", new ClusterSpec("east", "", null), ADMIN);
        assertThat(renamed.name()).isEqualTo("east");
        assertThat(renamed.description()).isNull();
        assertThat(fixtures.kinds()).endsWith("cluster.created", "cluster.updated", "cluster.updated");
    }

    @Test
    void keepsNamesUnique() {
        clusters.create(new ClusterSpec("west", null, null), ADMIN);
        var holder = clusters.get("demo").id();

        assertThat(refusal(() -> clusters.update("west", new ClusterSpec("demo", null, null), ADMIN)))
                .hasMessage("The name 'demo' is taken by cluster " + holder)
                .extracting("slug")
                .isEqualTo("name-taken");
        clusters.update("west", new ClusterSpec("west", "itself", null), ADMIN);
    }

    @Test
    void listsInTheOrderOfNamesPageByPage() {
        fixtures.network("alpha", "10.1.0.0/24");
        fixtures.network("zulu", "10.1.0.0/24");

        var first = networks.list(PageRequest.of(2, null));
        var second = networks.list(PageRequest.of(2, first.next()));

        assertThat(first.items()).extracting(Network::name).containsExactly("alpha", "demo");
        assertThat(second.items()).extracting(Network::name).containsExactly("zulu");
        assertThat(second.next()).isNull();
    }

    @Test
    void movesOnlyAHostWithoutVms() {
        clusters.create(new ClusterSpec("west", null, null), ADMIN);
        hosts.create(new HostSpec("sim-2", "demo", HostState.Disabled, null), ADMIN);

        var moved = hosts.update("sim-2", new HostSpec(null, "west", HostState.Up, null), ADMIN);

        assertThat(hosts.list(FIRST, List.of("west")).items()).containsExactly(moved);
        assertThat(moved.state()).isEqualTo(HostState.Up);
        assertThat(refusal(() -> hosts.create(new HostSpec("sim-3", "nope", null, null), ADMIN))
                        .violations())
                .extracting(Violation::pointer, Violation::value)
                .containsExactly(tuple("/cluster", "nope"));
    }

    @Test
    void knowsTheExtensionOfATemplate() {
        var made = templates.create(new TemplateSpec("arm", null, "aarch64", "simulator", null), ADMIN);

        assertThat(templates.extensionNames(List.of(made))).containsValue("simulator");
        assertThat(templates
                        .update("arm", new TemplateSpec(null, null, null, "", null), ADMIN)
                        .extensionId())
                .isNull();
        assertThat(templates.get("tiny").arch()).isEqualTo("x86_64");
        assertThat(refusal(() -> templates.create(new TemplateSpec("x/y", null, "a b", "nope", null), ADMIN))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/name", "/arch", "/extension");
    }

    @Test
    void keepsOfferingsWithinLimits() {
        assertThat(refusal(() -> offerings.create(new ServiceOfferingSpec("big", 0, 100_001, null, null), ADMIN))
                        .violations())
                .extracting(Violation::pointer, Violation::value)
                .containsExactly(tuple("/cpus", 0), tuple("/cpuSpeedMhz", 100_001), tuple("/memoryMib", null));
        assertThat(offerings.update("small", new ServiceOfferingSpec(null, 1024, null, 16_777_216, null), ADMIN))
                .extracting(ServiceOffering::cpus, ServiceOffering::cpuSpeedMhz, ServiceOffering::memoryMib)
                .containsExactly(1024, 500, 16_777_216);
    }

    @Test
    void givesNetworksTheirFirstAddressAsGateway() {
        var network = fixtures.dualNetwork("dual", "10.2.0.0/16", "FD00:2:0::/64");

        assertThat(network.gateway()).isEqualTo("10.2.0.1");
        assertThat(network.cidr6()).isEqualTo("fd00:2::/64");
        assertThat(network.gateway6()).isEqualTo("fd00:2::1");
        assertThat(network.netmask()).isEqualTo("255.255.0.0");
        assertThat(network.rateMbps()).isEqualTo(200);
        assertThat(network.num()).isPositive();
    }

    @Test
    void saysEverythingThatIsWrongWithANetwork() {
        var spec = new NetworkSpec(
                "n",
                "10.2.0.0/24",
                "10.2.0.255",
                4096,
                "fd00::/64",
                "fd01::1",
                "10.02.0.1",
                "x",
                "10.1.1.1",
                "::g",
                0,
                null);

        assertThat(refusal(() -> networks.create(spec, ADMIN)).violations())
                .extracting(Violation::pointer)
                .containsExactly(
                        "/gateway", "/gateway6", "/dns1", "/dns2", "/ip6Dns1", "/ip6Dns2", "/vlan", "/rateMbps");
        assertThat(refusal(() -> fixtures.network("n", "10.2.0.1/24")).violations())
                .extracting(Violation::pointer, Violation::value)
                .containsExactly(tuple("/cidr", "10.2.0.1/24"));
    }

    @Test
    void keepsTheRangesOfANetworkThatIsUsed() {
        fixtures.vm("web", "demo");

        for (var change : List.of(
                range("10.9.0.0/24"),
                new NetworkSpec(null, null, null, 7, null, null, null, null, null, null, null, null),
                new NetworkSpec(null, null, null, null, "fd00::/64", null, null, null, null, null, null, null))) {
            assertThat(refusal(() -> networks.update("demo", change, ADMIN)))
                    .hasMessage("Network 'demo' is in use by 1 VM, e.g. 'web'");
        }
        assertThat(refusal(() -> networks.update("demo", gateway("10.1.0.2"), ADMIN))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/gateway");
        assertThat(networks.update("demo", gateway("10.1.0.9"), ADMIN).gateway())
                .isEqualTo("10.1.0.9");
        assertThat(networks.update("demo", range("10.1.0.0/24"), ADMIN).gateway())
                .isEqualTo("10.1.0.9");
    }

    @Test
    void changesTheRangesOfANetworkThatIsNotUsed() {
        var changed = networks.update("demo", range("10.9.0.0/24"), ADMIN);

        assertThat(changed.cidr()).isEqualTo("10.9.0.0/24");
        assertThat(changed.gateway()).isEqualTo("10.9.0.1");
    }

    @Test
    void removesWhatNothingUses() {
        var id = networks.get("demo").id();
        details.replace(DetailOwner.NETWORK, id, Map.of("a", "1"));

        networks.delete("demo", ADMIN);
        templates.delete("tiny", ADMIN);
        offerings.delete("small", ADMIN);
        hosts.delete("sim-1", ADMIN);
        clusters.delete("demo", ADMIN);

        assertThat(networks.find("demo")).isEmpty();
        assertThat(details.of(DetailOwner.NETWORK, id)).isEmpty();
        assertThat(fixtures.kinds())
                .endsWith(
                        "network.deleted",
                        "template.deleted",
                        "service-offering.deleted",
                        "host.deleted",
                        "cluster.deleted");
    }

    private static NetworkSpec range(String cidr) {
        return new NetworkSpec(null, cidr, null, null, null, null, null, null, null, null, null, null);
    }

    private static NetworkSpec gateway(String address) {
        return new NetworkSpec(null, null, address, null, null, null, null, null, null, null, null, null);
    }
}
