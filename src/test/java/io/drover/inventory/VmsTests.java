package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.ADMIN;
import static io.drover.inventory.InventoryFixtures.ANN;
import static io.drover.inventory.InventoryFixtures.BOB;
import static io.drover.inventory.InventoryFixtures.SALES;
import static io.drover.inventory.InventoryFixtures.newVm;
import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InventoryTest
class VmsTests {
    private final Vms vms;
    private final Hosts hosts;
    private final Clusters clusters;
    private final Templates templates;
    private final Networks networks;
    private final Details details;
    private final InventoryFixtures fixtures;
    private final VmCreations creations;

    VmsTests(
            Vms vms,
            Hosts hosts,
            Clusters clusters,
            Templates templates,
            Networks networks,
            Details details,
            InventoryFixtures fixtures,
            VmCreations creations) {
        this.vms = vms;
        this.hosts = hosts;
        this.clusters = clusters;
        this.templates = templates;
        this.networks = networks;
        this.details = details;
        this.fixtures = fixtures;
        this.creations = creations;
    }

    @BeforeEach
    void reset() {
        fixtures.reset();
    }

    @Test
    void remembersTheLastHost() {
        var second = hosts.create(new HostSpec("sim-2", "demo", null, null), ADMIN);
        var vm = fixtures.vm("web");
        creations.set(vm.id(), Creation.Created);
        vms.place(vm.id(), second.clusterId(), second.id());
        assertThat(vms.get(vm.id()).hostId()).isEqualTo(second.id());

        vms.unplace(vm.id());

        assertThat(vms.get(vm.id()).hostId()).isNull();
        assertThat(vms.get(vm.id()).lastHostId()).isEqualTo(second.id());
        assertThat(candidates(vm)).containsExactly("sim-2", "sim-1");
    }

    @Test
    void prefersTheHostWithTheFewestVms() {
        var second = hosts.create(new HostSpec("sim-2", "demo", null, null), ADMIN);
        var vm = fixtures.vm("web");
        assertThat(candidates(vm)).containsExactly("sim-1", "sim-2");
        var first = vms.candidates(vm.id()).get(0);

        vms.place(fixtures.vm("other").id(), first.clusterId(), first.id());
        assertThat(candidates(vm)).containsExactly("sim-2", "sim-1");

        vms.place(fixtures.vm("third").id(), second.clusterId(), second.id());
        assertThat(candidates(vm)).containsExactly("sim-1", "sim-2");
    }

    @Test
    void movesOnOnlyFromTheStatesThatAreNamed() {
        var vm = fixtures.vm("web");

        assertThat(vms.advance(vm.id(), EnumSet.of(VmState.Stopped), VmState.Starting, null))
                .isFalse();
        assertThat(vms.advance(vm.id(), Set.of(), VmState.Starting, null)).isFalse();
        assertThat(vms.advance(
                        vm.id(), EnumSet.of(VmState.Stopped, VmState.Allocated), VmState.Error, "x".repeat(3000)))
                .isTrue();
        assertThat(vms.get(vm.id()).state()).isEqualTo(VmState.Error);
        assertThat(vms.get(vm.id()).stateReason()).hasSize(2000);
    }

    @Test
    void keepsTheLatestPowerState() {
        var vm = fixtures.vm("web");

        vms.observePower(vm.id(), PowerState.PowerOn, InventorySlice.NOW);
        vms.observePower(vm.id(), PowerState.PowerOff, InventorySlice.NOW.minusSeconds(1));

        assertThat(vms.get(vm.id()).powerState()).isEqualTo(PowerState.PowerOn);
        assertThat(vms.get(vm.id()).powerSeenAt()).isEqualTo(InventorySlice.NOW);
    }

    @Test
    void aVmThatWasNotCreatedRatherGoesElsewhereThanWhereThatFailed() {
        var second = hosts.create(new HostSpec("sim-2", "demo", null, null), ADMIN);
        var vm = fixtures.vm("web");
        vms.place(vm.id(), second.clusterId(), second.id());

        creations.unbind(vm.id());

        assertThat(vms.get(vm.id()).hostId()).isNull();
        assertThat(vms.get(vm.id()).clusterId()).isNull();
        assertThat(candidates(vm)).containsExactly("sim-1", "sim-2");
    }

    @Test
    void aVmThatWasNotCreatedKeepsWhatWasWishedFor() {
        hosts.create(new HostSpec("sim-2", "demo", null, null), ADMIN);
        var vm = vms.allocate(new NewVm("web", "tiny", "small", List.of(), null, "sim-1", Map.of()), ANN);

        creations.unbind(vm.id());

        assertThat(vms.get(vm.id()).hostId()).isEqualTo(vm.hostId());
        assertThat(candidates(vm)).containsExactly("sim-1");
    }

    @Test
    void whatIsNotCreatedNeitherRunsNorIsStopped() {
        var vm = fixtures.vm("web");
        creations.set(vm.id(), Creation.Created);
        vms.advance(vm.id(), Set.of(VmState.Allocated), VmState.Running, null);

        creations.set(vm.id(), Creation.Unclear);

        assertThat(vms.get(vm.id()).state()).isEqualTo(VmState.Error);
    }

    @Test
    void freesEverythingOfAnExpungedVm() {
        fixtures.network("little", "10.4.0.0/30");
        var vm = vms.allocate(
                new NewVm("web", "tiny", "small", List.of(NewNic.in("little")), null, "sim-1", Map.of("k", "v")), ANN);
        creations.set(vm.id(), Creation.Created);

        vms.expunge(vm.id(), ADMIN);
        vms.expunge(vm.id(), ADMIN);

        var row = vms.get(vm.id());
        assertThat(row.state()).isEqualTo(VmState.Expunged);
        assertThat(row.deployed()).isFalse();
        assertThat(row.hostId()).isNull();
        assertThat(vms.nics(vm.id())).isEmpty();
        assertThat(details.of(DetailOwner.VM, vm.id())).isEmpty();
        assertThat(fixtures.kinds()).containsOnlyOnce("vm.expunged");
        assertThat(vms.nics(fixtures.vm("web", "little").id()))
                .extracting(Nic::ip)
                .containsExactly("10.4.0.2");
        assertThat(vms.get(vm.id().toString(), ANN).name()).isEqualTo("web");
        assertThat(vms.get("web", ANN).id()).isNotEqualTo(vm.id());
        hosts.delete("sim-1", ADMIN);
    }

    @Test
    void leavesAnExpungedVmAlone() throws Exception {
        var vm = fixtures.vm("web");
        vms.expunge(vm.id(), ADMIN);
        var patch = new ObjectMapper().readTree("{\"details\": {\"a\": \"b\"}}");

        assertThat(refusal(() -> vms.applyPatch(vm.id(), patch, Map.of(), Set.of(), ADMIN))
                        .slug())
                .isEqualTo("vm-not-found");
        assertThat(refusal(() -> vms.update(vm.id().toString(), Map.of("a", "b"), ANN))
                        .slug())
                .isEqualTo("vm-expunged");
    }

    @Test
    void hidesVmsFromThoseWhoDoNotReachThem() {
        var anns = fixtures.vm("anns");
        var bobs = vms.allocate(newVm("bobs"), BOB);
        var admins = vms.allocate(newVm("admins"), ADMIN);
        var first = PageRequest.of(null, null);

        assertThat(refusal(() -> vms.get("bobs", ANN)).slug()).isEqualTo("vm-not-found");
        assertThat(vms.list(VmQuery.ALL, first, ANN).items()).containsExactly(anns);
        assertThat(vms.list(VmQuery.ALL, first, SALES).items()).containsExactlyInAnyOrder(anns, bobs);
        assertThat(vms.list(VmQuery.ALL, first, ADMIN).items()).containsExactlyInAnyOrder(anns, bobs, admins);
    }

    @Test
    void pagesThroughAllVmsOnce() {
        Set<String> wanted = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            wanted.add(fixtures.vm("vm-" + i).name());
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page = vms.list(VmQuery.ALL, PageRequest.of(3, cursor), ANN);
            page.items().forEach(vm -> seen.add(vm.name()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(wanted);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> vms.list(VmQuery.ALL, new PageRequest(3, "junk"), ANN));
    }

    @Test
    void filtersTheList() {
        var web = vms.allocate(placed("web", null, "sim-1"), ANN);
        var gone = fixtures.vm("gone");
        vms.expunge(gone.id(), ADMIN);
        fixtures.vm("db");

        assertThat(names(with(Set.of(), Set.of("demo"), Set.of(), Set.of(), Set.of())))
                .containsExactly("web");
        assertThat(names(with(Set.of(), Set.of(), Set.of("sim-1"), Set.of("tiny"), Set.of())))
                .containsExactly("web");
        assertThat(names(with(Set.of(VmState.Expunged), Set.of(), Set.of(), Set.of(), Set.of())))
                .containsExactly("gone");
        assertThat(names(with(Set.of(VmState.Allocated), Set.of(), Set.of(), Set.of(), Set.of("web"))))
                .containsExactly(web.name());
        assertThat(names(VmQuery.ALL)).containsExactlyInAnyOrder("web", "db");
    }

    @Test
    void refusesToRemoveWhatAVmUses() {
        vms.allocate(new NewVm("web", "tiny", "small", List.of(NewNic.in("demo")), "demo", "sim-1", null), ANN);

        assertThat(refusal(() -> clusters.delete("demo", ADMIN)))
                .hasMessage("Cluster 'demo' is in use by 1 host, e.g. 'sim-1' and 1 VM, e.g. 'web'");
        assertThat(refusal(() -> hosts.delete("sim-1", ADMIN)).slug()).isEqualTo("in-use");
        assertThat(refusal(() -> templates.delete("tiny", ADMIN)).slug()).isEqualTo("in-use");
        assertThat(refusal(() -> networks.delete("demo", ADMIN)).slug()).isEqualTo("in-use");
    }

    private static VmQuery with(
            Set<VmState> states, Set<String> clusters, Set<String> hosts, Set<String> templates, Set<String> names) {
        return new VmQuery(states, Set.of(), clusters, hosts, templates, names);
    }

    private List<String> names(VmQuery query) {
        return vms.list(query, PageRequest.of(null, null), ANN).items().stream()
                .map(Vm::name)
                .toList();
    }

    private List<String> candidates(Vm vm) {
        return vms.candidates(vm.id()).stream().map(Host::name).toList();
    }

    private static NewVm placed(String name, @Nullable String cluster, @Nullable String host) {
        return new NewVm(name, "tiny", "small", List.of(), cluster, host, null);
    }
}
