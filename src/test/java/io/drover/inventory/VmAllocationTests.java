package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.ADMIN;
import static io.drover.inventory.InventoryFixtures.ANN;
import static io.drover.inventory.InventoryFixtures.newVm;
import static io.drover.inventory.InventoryFixtures.race;
import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drover.page.PageRequest;
import io.drover.problem.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventoryTest
class VmAllocationTests {
    private final Vms vms;
    private final Hosts hosts;
    private final Clusters clusters;
    private final Networks networks;
    private final InventoryFixtures fixtures;
    private final JdbcClient jdbc;

    VmAllocationTests(
            Vms vms, Hosts hosts, Clusters clusters, Networks networks, InventoryFixtures fixtures, JdbcClient jdbc) {
        this.vms = vms;
        this.hosts = hosts;
        this.clusters = clusters;
        this.networks = networks;
        this.fixtures = fixtures;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void reset() {
        fixtures.reset();
    }

    @Test
    void allocatesAVmWithTheLowestFreeAddresses() {
        fixtures.dualNetwork("dual", "10.2.0.0/24", "fd00:2::/64");

        var vm = vms.allocate(newVm("web", "demo", "dual", "demo"), ANN);

        assertThat(vm.state()).isEqualTo(VmState.Allocated);
        assertThat(vm.powerState()).isEqualTo(PowerState.PowerUnknown);
        assertThat(vm.internalName()).matches("[a-z][a-z0-9]{5}-7-" + vm.num() + "-VM");
        assertThat(vm.createdAt()).isEqualTo(InventorySlice.NOW);
        assertThat(vms.nics(vm.id()))
                .extracting(Nic::deviceId, Nic::ip, Nic::ip6, Nic::defaultNic)
                .containsExactly(
                        tuple(0, "10.1.0.2", null, true),
                        tuple(1, "10.2.0.2", "fd00:2::2", false),
                        tuple(2, "10.1.0.3", null, false));
        assertThat(vms.nics(vm.id()))
                .extracting(Nic::mac)
                .doesNotHaveDuplicates()
                .allMatch(mac -> mac.startsWith("02:"));
        assertThat(fixtures.kinds()).endsWith("vm.allocated");
    }

    @Test
    void sealsARandomVncPasswordOfEightCharacters() {
        var vm = fixtures.vm("web");

        assertThat(vms.vncPassword(vm.id()))
                .hasSize(8)
                .isNotEqualTo(vms.vncPassword(fixtures.vm("db").id()));
        assertThat(jdbc.sql("SELECT vnc_password FROM vm WHERE name = 'web'")
                        .query(String.class)
                        .single())
                .startsWith("sealed:");
        assertThat(vms.nics(vm.id())).isEmpty();
    }

    @Test
    void neverGivesOutReservedAddresses() {
        networks.create(
                new NetworkSpec(
                        "dns",
                        "10.3.0.0/29",
                        "10.3.0.2",
                        null,
                        null,
                        null,
                        "10.3.0.1",
                        "10.3.0.4",
                        null,
                        null,
                        null,
                        null),
                ADMIN);

        var vm = fixtures.vm("web", "dns", "dns", "dns");

        assertThat(vms.nics(vm.id())).extracting(Nic::ip).containsExactly("10.3.0.3", "10.3.0.5", "10.3.0.6");
        assertThat(refusal(() -> fixtures.vm("db", "dns")).slug()).isEqualTo("network-full");
    }

    @Test
    void takesTheAddressesThatAreAskedFor() {
        fixtures.dualNetwork("dual", "10.2.0.0/24", "fd00:2::/64");

        var vm = vms.allocate(
                withNics(new NewNic("dual", "10.2.0.2", "FD00:2::0002", "52-54-00-00-00-AA"), NewNic.in("dual")), ANN);

        assertThat(vms.nics(vm.id()))
                .extracting(nic -> nic.mac().startsWith("02:") ? "random" : nic.mac(), Nic::ip, Nic::ip6)
                .containsExactly(
                        tuple("52:54:00:00:00:aa", "10.2.0.2", "fd00:2::2"), tuple("random", "10.2.0.3", "fd00:2::3"));
    }

    @Test
    void saysEverythingThatIsWrongWithARequest() {
        var request = new NewVm(
                "../x",
                "nope",
                null,
                List.of(NewNic.in("demo"), NewNic.in("gone")),
                "none",
                "missing",
                Map.of("", "x"));

        assertThat(refusal(() -> vms.allocate(request, ANN)).violations())
                .extracting(Violation::pointer, Violation::value)
                .containsExactly(
                        tuple("/name", "../x"),
                        tuple("/template", "nope"),
                        tuple("/serviceOffering", null),
                        tuple("/cluster", "none"),
                        tuple("/host", "missing"),
                        tuple("/networks/1", "gone"),
                        tuple("/details/", ""));
    }

    @Test
    void refusesAddressesThatCannotBeHad() {
        var holder = fixtures.vm("holder", "demo");
        var mac = vms.nics(holder.id()).get(0).mac();
        var request = withNics(
                new NewNic("demo", "10.1.0.2", null, null),
                new NewNic("demo", "10.1.0.1", null, null),
                new NewNic("demo", "10.9.0.1", null, null),
                new NewNic("demo", "10.1.0.007", "fd00::1", "ff:ff:ff:ff:ff:ff"),
                new NewNic("demo", "10.1.0.9", null, mac),
                new NewNic("demo", "10.1.0.9", null, null));

        assertThat(refusal(() -> vms.allocate(request, ANN)).violations())
                .extracting(Violation::pointer)
                .containsExactly(
                        "/networks/0/ip",
                        "/networks/1/ip",
                        "/networks/2/ip",
                        "/networks/3/ip",
                        "/networks/3/ip6",
                        "/networks/3/mac",
                        "/networks/4/mac",
                        "/networks/5/ip");
        assertThat(vms.list(VmQuery.ALL, PageRequest.of(null, null), ANN).items())
                .hasSize(1);
    }

    @Test
    void refusesATakenNameAndSaysWhoHasIt() {
        var holder = fixtures.vm("web");

        var refusal = refusal(() -> fixtures.vm("web"));

        assertThat(refusal.slug()).isEqualTo("name-taken");
        assertThat(refusal).hasMessageContaining(holder.id().toString());
    }

    @Test
    void placesWhereItIsAskedTo() {
        clusters.create(new ClusterSpec("other", null, null), ADMIN);
        hosts.create(new HostSpec("sim-2", "demo", null, null), ADMIN);
        hosts.create(new HostSpec("sim-3", "other", null, null), ADMIN);
        hosts.create(new HostSpec("sim-4", "other", HostState.Disabled, null), ADMIN);
        var anywhere = fixtures.vm("anywhere");
        var inCluster = vms.allocate(placed("cluster", "other", null), ANN);
        var onHost = vms.allocate(placed("host", null, "sim-2"), ANN);

        assertThat(candidates(anywhere)).containsExactly("sim-1", "sim-3", "sim-2");
        assertThat(candidates(inCluster)).containsExactly("sim-3");
        assertThat(candidates(onHost)).containsExactly("sim-2");
        assertThat(refusal(() -> vms.allocate(placed("x", "demo", "sim-3"), ANN))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/host");
        assertThat(refusal(() -> vms.allocate(placed("x", null, "sim-4"), ANN))).hasMessageContaining("Disabled");
    }

    @Test
    void givesEveryVmOfARaceItsOwnAddressOrSaysThatTheNetworkIsFull() throws Exception {
        fixtures.network("little", "10.4.0.0/30");
        fixtures.network("wide", "10.5.0.0/24");

        var little = race(2, i -> fixtures.vm("little-" + i, "little").name());
        var wide = race(
                12,
                i -> String.valueOf(
                        vms.nics(fixtures.vm("wide-" + i, "wide").id()).get(0).ip()));
        var crossed = race(
                8,
                i -> i % 2 == 0
                        ? fixtures.vm("crossed-" + i, "wide", "demo").name()
                        : fixtures.vm("crossed-" + i, "demo", "wide").name());

        assertThat(little).filteredOn(outcome -> outcome.equals("network-full")).hasSize(1);
        assertThat(wide).hasSize(12).doesNotHaveDuplicates().allMatch(ip -> ip.startsWith("10.5.0."));
        assertThat(crossed).allMatch(outcome -> outcome.startsWith("crossed-"));
    }

    @Test
    void letsOneOfARaceHaveTheName() throws Exception {
        var outcomes = race(4, i -> fixtures.vm("same").name());

        assertThat(outcomes).containsExactlyInAnyOrder("same", "name-taken", "name-taken", "name-taken");
    }

    private List<String> candidates(Vm vm) {
        return vms.candidates(vm.id()).stream().map(Host::name).toList();
    }

    private static NewVm withNics(NewNic... nics) {
        return new NewVm("web", "tiny", "small", List.of(nics), null, null, null);
    }

    private static NewVm placed(String name, @Nullable String cluster, @Nullable String host) {
        return new NewVm(name, "tiny", "small", List.of(), cluster, host, null);
    }
}
