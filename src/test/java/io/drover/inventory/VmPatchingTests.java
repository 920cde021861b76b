package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.ADMIN;
import static io.drover.inventory.InventoryFixtures.BOB;
import static io.drover.inventory.InventoryFixtures.race;
import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In patches, {@code $VM}, {@code $NIC0}, {@code $NET0} … stand for ids, {@code $MAC0} … for MAC addresses. */
@InventoryTest
class VmPatchingTests {
    private final Vms vms;
    private final Details details;
    private final InventoryFixtures fixtures;
    private final ObjectMapper json;
    private final TransactionTemplate transaction;
    private Vm vm;

    VmPatchingTests(
            Vms vms,
            Details details,
            InventoryFixtures fixtures,
            ObjectMapper json,
            PlatformTransactionManager transactions) {
        this.vms = vms;
        this.details = details;
        this.fixtures = fixtures;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
    }

    @BeforeEach
    void allocate() {
        fixtures.reset();
        fixtures.dualNetwork("dual", "10.2.0.0/24", "fd00:2::/64");
        vm = fixtures.vm("web", "demo", "dual");
    }

    @Test
    void appliesWhatMayChange() {
        var report = patch("""
                {"vncPassword": "secret12", "details": {"proxmox_vmid": 103, "External:node": "pve", "fast": true},
                 "nics": [{"nicUuid": "$NIC1", "mac": "52-54-00-AA-BB-CC", "ip": "10.2.0.77", "ip6address": "FD00:2::77"}]}
                """);

        assertThat(vms.vncPassword(vm.id())).isEqualTo("secret12");
        assertThat(details.of(DetailOwner.INSTANCE, vm.id()))
                .containsEntry("proxmox_vmid", "103")
                .containsEntry("External:node", "pve")
                .containsEntry("fast", "true");
        var nic = nics().get(1);
        assertThat(List.of(nic.mac(), nic.ip(), nic.ip6()))
                .containsExactly("52:54:00:aa:bb:cc", "10.2.0.77", "fd00:2::77");
        assertThat(report.ignored()).isEmpty();
        assertThat(report.applied())
                .hasSize(7)
                .contains(
                        "/vncPassword: set",
                        "/nics/0/ip: from 10.2.0.2 to 10.2.0.77",
                        "/details/proxmox_vmid: set to 103")
                .noneMatch(line -> line.contains("secret12"));
        assertThat(fixtures.bodies("vm.patched")).hasSize(1).noneMatch(body -> body.contains("secret12"));
    }

    @Test
    void releasesTheOldAddressAndReservesTheNew() {
        patch("{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.3\"}]}");

        assertThat(vms.nics(fixtures.vm("db", "demo", "demo").id()))
                .extracting(Nic::ip)
                .containsExactly("10.1.0.2", "10.1.0.4");
    }

    @Test
    void takesTheWholeArrayBackWithOneMacChanged() {
        var report = patch("""
                {"nics": [
                  {"deviceId": 0, "nicUuid": "$NIC0", "uuid": "$NET0", "mac": "52:54:00:00:00:01", "ip": "10.1.0.2",
                   "netmask": "255.255.255.0", "gateway": "10.1.0.1", "defaultNic": true},
                  {"deviceId": 1, "nicUuid": "$NIC1", "uuid": "$NET1", "mac": "$MAC1", "ip": "10.2.0.2",
                   "ip6address": "fd00:2:0:0::2", "netmask": "255.255.255.0"}]}
                """);

        assertThat(report.applied()).singleElement().asString().startsWith("/nics/0/mac: from 02:");
        assertThat(report.ignored())
                .containsExactly(
                        "/nics: defaultNic, deviceId, gateway, netmask ignored: only mac, ip and ip6address are taken");
    }

    @Test
    void matchesByNetworkAndByPlace() {
        patch("{\"nics\": [{\"uuid\": \"$NET1\", \"ip\": \"10.2.0.9\"}]}");
        patch("{\"nics\": [{\"ip\": \"10.1.0.9\"}, {}]}");

        assertThat(nics()).extracting(Nic::ip).containsExactly("10.1.0.9", "10.2.0.9");
    }

    @Test
    void exchangesAddresses() {
        vm = fixtures.vm("twin", "dual", "dual");
        var before = nics();

        patch("""
                {"nics": [{"nicUuid": "$NIC0", "mac": "$MAC1", "ip": "$IP1", "ip6address": "fd00:2::4"},
                          {"nicUuid": "$NIC1", "mac": "$MAC0", "ip": "$IP0", "ip6address": "fd00:2::3"}]}
                """);

        assertThat(nics())
                .extracting(Nic::ip)
                .containsExactly(before.get(1).ip(), before.get(0).ip());
        assertThat(nics())
                .extracting(Nic::mac)
                .containsExactly(before.get(1).mac(), before.get(0).mac());
        assertThat(nics()).extracting(Nic::ip6).containsExactly("fd00:2::4", "fd00:2::3");
    }

    @Test
    void changesNothingForWhatIsAlreadySo() {
        var report = patch(
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"$MAC0\", \"ip\": \"10.1.0.2\"}], \"details\": {}}");

        assertThat(report.applied()).isEmpty();
        assertThat(fixtures.kinds()).doesNotContain("vm.patched");
    }

    @Test
    void saysWhatItIgnores() {
        var report = patch("""
                {"name": "x", "cpus": 4, "vncPassword": null, "nics": [{"nicUuid": "$NIC0", "ip": null, "mtu": 9000}]}
                """);

        assertThat(report.applied()).isEmpty();
        assertThat(report.ignored())
                .containsExactly(
                        "/name ignored: only vncPassword, nics and details are taken",
                        "/cpus ignored: only vncPassword, nics and details are taken",
                        "/vncPassword ignored: null changes nothing",
                        "/nics/0/ip ignored: null changes nothing",
                        "/nics: mtu ignored: only mac, ip and ip6address are taken");
    }

    @Test
    void keepsSecretDetailsOutOfTheReport() {
        var report = patch("{\"details\": {\"api_token\": \"hidden-value\"}}");

        assertThat(report.applied()).containsExactly("/details/api_token: set to ******");
        assertThat(details.of(DetailOwner.INSTANCE, vm.id())).containsEntry("api_token", "hidden-value");
        assertThat(fixtures.bodies("vm.patched")).noneMatch(body -> body.contains("hidden-value"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                   | ``",
                "`\"text\"`                                                           | ``",
                "{\"vncPassword\": \"a\\u0007b\"}                                      | /vncPassword",
                "{\"vncPassword\": 12345678}                                          | /vncPassword",
                "{\"details\": []}                                                    | /details",
                "{\"details\": {\"a/b\": []}}                                         | /details/a~1b",
                "{\"details\": {\"a\": {}}}                                           | /details/a",
                "{\"details\": {\"password\": \"******\"}}                            | /details/password",
                "{\"nics\": {}}                                                       | /nics",
                "{\"nics\": [1]}                                                      | /nics/0",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\"}, {\"uuid\": \"$NET0\"}]}        | /nics/1",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": 5}]}                   | /nics/0/mac",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"nonsense\"}]}        | /nics/0/mac",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"01:00:00:00:00:01\"}]} | /nics/0/mac",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"00:00:00:00:00:00\"}]} | /nics/0/mac",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"$MAC1\"}]}           | /nics/0/mac",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.03\"}]}        | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"localhost\"}]}        | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"127.0.0.1\"}]}        | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"224.0.0.5\"}]}        | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"255.255.255.255\"}]}  | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"0.0.0.0\"}]}          | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.0\"}]}         | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.1\"}]}         | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.255\"}]}       | /nics/0/ip",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip6address\": \"ff02::5\"}]}  | /nics/0/ip6address",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip6address\": \"::1\"}]}      | /nics/0/ip6address",
                "{\"nics\": [{\"nicUuid\": \"$NIC1\", \"ip6address\": \"fd00:2::\"}]} | /nics/0/ip6address",
                "{\"nics\": [{\"nicUuid\": \"$NIC1\", \"ip6address\": \"fd00:2::1\"}]} | /nics/0/ip6address",
                "{\"nics\": [{\"nicUuid\": \"$NIC1\", \"ip6address\": \"10.2.0.9\"}]} | /nics/0/ip6address"
            })
    void refuses(String patch, String pointer) {
        assertThat(refusal(() -> patch(patch)))
                .isInstanceOf(PatchRefusedException.class)
                .extracting(refusal ->
                        refusal.violations().stream().map(Violation::pointer).toList())
                .isEqualTo(List.of(pointer));
    }

    @Test
    void refusesAddressesOfOtherVmsAndNamesThoseOfTheSameOwner() {
        var own = fixtures.vm("known", "demo");
        var foreign = vms.allocate(InventoryFixtures.newVm("classified", "demo"), BOB);

        var told = refusal(() -> patch(takingFrom(own)));
        var stranger = refusal(() -> patch(takingFrom(foreign)));

        assertThat(told.violations()).extracting(Violation::pointer).containsExactly("/nics/0/mac", "/nics/0/ip");
        assertThat(told).hasMessageContaining("is taken by VM 'known'");
        assertThat(stranger).hasMessageContaining("is taken by another VM").hasMessageNotContaining("classified");
        assertThat(stranger).hasMessageNotContaining(foreign.id().toString());
    }

    private String takingFrom(Vm other) {
        var nic = vms.nics(other.id()).get(0);
        return "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"" + nic.mac() + "\", \"ip\": \"" + nic.ip() + "\"}]}";
    }

    @Test
    void refusesOneAddressForTwoNics() {
        vm = fixtures.vm("twin", "demo", "demo");

        assertThat(refusal(() -> patch("{\"nics\": [{\"ip\": \"10.1.0.50\"}, {\"ip\": \"10.1.0.50\"}]}"))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/nics/1/ip");
    }

    @Test
    void refusesANetworkThatMeansTwoNics() {
        vm = fixtures.vm("twin", "demo", "demo");

        assertThat(refusal(() -> patch("{\"nics\": [{\"uuid\": \"$NET0\", \"ip\": \"10.1.0.50\"}]}")))
                .hasMessageContaining("ambiguous");
    }

    @Test
    void appliesNothingOfAPatchThatIsRefused() {
        var before = nics();
        var password = vms.vncPassword(vm.id());

        var refusal = refusal(() -> patch("""
                        {"vncPassword": "new", "details": {"a": "b", "c": []},
                         "nics": [{"nicUuid": "$NIC0", "ip": "10.1.0.9"}, {"nicUuid": "$NIC1", "ip": "10.2.0.1"}]}
                        """));

        assertThat(refusal.violations()).extracting(Violation::pointer).containsExactly("/details/c", "/nics/1/ip");
        assertThat(nics()).isEqualTo(before);
        assertThat(vms.vncPassword(vm.id())).isEqualTo(password);
        assertThat(details.of(DetailOwner.INSTANCE, vm.id())).isEmpty();
    }

    @Test
    void letsOneOfARaceHaveTheAddress() throws Exception {
        List<Vm> racers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            racers.add(fixtures.vm("racer-" + i, "demo"));
        }
        var patch = json.readTree("{\"nics\": [{\"ip\": \"10.1.0.99\", \"mac\": \"52:54:00:00:00:99\"}]}");

        var outcomes = race(
                racers.size(),
                i -> vms.applyPatch(racers.get(i).id(), patch, Map.of(), Set.of(), ADMIN)
                                .applied()
                                .size() + " applied");

        assertThat(outcomes).containsOnlyOnce("2 applied");
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals("patch-refused"))
                .hasSize(5);
    }

    @Test
    void letsTheTransactionGoOnAfterARefusal() {
        transaction.executeWithoutResult(status -> {
            assertThatExceptionOfType(PatchRefusedException.class).isThrownBy(() -> patch("[]"));
            vms.advance(vm.id(), EnumSet.allOf(VmState.class), VmState.Error, null);
        });

        assertThat(vms.get(vm.id()).state()).isEqualTo(VmState.Error);
    }

    private PatchReport patch(String text) {
        var patch = text.replace("$VM", vm.id().toString());
        for (var nic : nics()) {
            patch = patch.replace("$NIC" + nic.deviceId(), nic.id().toString())
                    .replace("$NET" + nic.deviceId(), nic.networkId().toString())
                    .replace("$MAC" + nic.deviceId(), nic.mac())
                    .replace("$IP" + nic.deviceId(), String.valueOf(nic.ip()));
        }
        try {
            return vms.applyPatch(vm.id(), json.readTree(patch), Map.of(), Set.of(), ADMIN);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(patch, e);
        }
    }

    private List<Nic> nics() {
        return vms.nics(vm.id());
    }
}
