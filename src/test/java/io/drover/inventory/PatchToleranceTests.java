package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.ADMIN;
import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a patch may say although CloudStack's own addresses would be others; it is taken or skipped, and noted. */
@InventoryTest
class PatchToleranceTests {
    private final Vms vms;
    private final Networks networks;
    private final Details details;
    private final InventoryFixtures fixtures;
    private final ObjectMapper json;
    private final VmCreations creations;
    private Vm vm;

    PatchToleranceTests(
            Vms vms,
            Networks networks,
            Details details,
            InventoryFixtures fixtures,
            ObjectMapper json,
            VmCreations creations) {
        this.vms = vms;
        this.networks = networks;
        this.details = details;
        this.fixtures = fixtures;
        this.json = json;
        this.creations = creations;
    }

    @BeforeEach
    void allocate() {
        fixtures.reset();
        fixtures.dualNetwork("dual", "10.2.0.0/24", "fd00:2::/64");
        networks.create(
                new NetworkSpec("layer2", null, null, null, null, null, null, null, null, null, null, null), ADMIN);
        vm = fixtures.vm("web", "demo", "dual", "layer2");
    }

    /** Skipped, and said so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"vncPassword\": null}                                    | /vncPassword ignored: null",
                "{\"vncPassword\": \"\"}                                    | /vncPassword ignored: an empty text",
                "{\"details\": null}                                        | /details ignored: null",
                "{\"details\": {\"a/b\": null}}                             | /details/a~1b ignored: null",
                "{\"details\": {\"deployvm\": \"false\"}}                   | /details/deployvm ignored",
                "{\"nics\": null}                                           | /nics ignored: null",
                "{\"nics\": [{\"nicUuid\": \"$NET0\", \"ip\": \"1.2.3.4\"}]} | /nics/0/nicUuid ignored: no NIC of this VM",
                "{\"nics\": [{\"nicUuid\": \"\\u0007\"}]}                   | /nics/0/nicUuid ignored: no NIC of this VM",
                "{\"nics\": [{\"uuid\": \"$NIC0\", \"ip\": \"1.2.3.4\"}]}    | /nics/0/uuid ignored: no NIC of this VM",
                "{\"nics\": [{\"ip\": \"1.2.3.4\"}]}                        | /nics/0 ignored: it has neither",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"\"}]}       | /nics/0/ip ignored: an empty text",
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \" \"}]}     | /nics/0/mac ignored: an empty text",
                "{\"nics\": [{\"nicUuid\": \"$NIC1\", \"ip6address\": \"\"}]} | /nics/0/ip6address ignored: an empty text",
                "{\"nics\": [{\"nicUuid\": \"$NIC1\", \"ip6address\": null}]} | /nics/0/ip6address ignored: null"
            })
    void notesWhatItSkips(String patch, String note) {
        var before = vms.nics(vm.id());

        var report = patch(patch, Map.of());

        assertThat(report.applied()).isEmpty();
        assertThat(report.ignored()).singleElement().asString().startsWith(note);
        assertThat(vms.nics(vm.id())).isEqualTo(before);
    }

    /** Taken, and said so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$NIC0 | ip         | 198.51.100.7 | outside 10.1.0.0/24 of network 'demo'",
                "$NIC0 | ip6address | 2001:db8::7  | has no IPv6 range",
                "$NIC1 | ip6address | 2001:db8::7  | outside fd00:2::/64 of network 'dual'",
                "$NIC2 | ip         | 198.51.100.7 | has no IPv4 range",
                "$NIC2 | ip6address | 2001:db8::7  | has no IPv6 range"
            })
    void takesAnAddressFromOutside(String nic, String field, String address, String note) {
        var report =
                patch("{\"nics\": [{\"nicUuid\": \"%s\", \"%s\": \"%s\"}]}".formatted(nic, field, address), Map.of());

        assertThat(report.applied()).singleElement().asString().endsWith(" to " + address);
        assertThat(report.ignored()).singleElement().asString().contains(address, note);
        assertThat(vms.nics(vm.id()))
                .filteredOn(found -> address.equals(found.ip()) || address.equals(found.ip6()))
                .hasSize(1);
    }

    @Test
    void refusesAnAddressFromOutsideThatAnotherVmHas() {
        var other = fixtures.vm("db", "layer2");
        vms.applyPatch(other.id(), tree("{\"nics\": [{\"ip\": \"198.51.100.7\"}]}"), Map.of(), Set.of(), ADMIN);

        assertThat(refusal(() -> patch("{\"nics\": [{\"nicUuid\": \"$NIC2\", \"ip\": \"198.51.100.7\"}]}", Map.of())))
                .hasMessageContaining("is taken by VM 'db'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "123456789012", "1234567890123456789012", "smörgås", "two words"})
    void keepsAVncPasswordOfAnyLength(String password) {
        patch("{\"vncPassword\": \"" + password + "\"}", Map.of());

        assertThat(vms.vncPassword(vm.id())).isEqualTo(password);
    }

    @Test
    void changesNothingForDetailsThatAreAnsweredBack() {
        var sent = Map.of("deployvm", "true", "External:template_id", "101", "External:size", "6.10");

        var report = patch(
                "{\"details\": {\"deployvm\": \"true\", \"External:template_id\": 101, \"External:size\": \"6.10\", \"own\": \"1\"}}",
                sent);

        assertThat(report.applied()).containsExactly("/details/own: set to 1");
        assertThat(details.of(DetailOwner.INSTANCE, vm.id())).containsExactly(Map.entry("own", "1"));
    }

    @Test
    void keepsADetailOfAnotherLevelThatIsAnsweredWithAnotherValue() {
        patch("{\"details\": {\"External:template_id\": \"102\"}}", Map.of("External:template_id", "101"));

        assertThat(details.of(DetailOwner.INSTANCE, vm.id())).containsEntry("External:template_id", "102");
    }

    @Test
    void tellsTwoNicsOfOneNetworkApartByPlaceWhenAllAreAnswered() {
        vm = fixtures.vm("twin", "demo", "dual", "demo");

        patch(
                "{\"nics\": [{\"uuid\": \"$NET0\", \"ip\": \"10.1.0.50\"}, {\"uuid\": \"$NET1\"}, {\"uuid\": \"$NET0\", \"ip\": \"10.1.0.51\"}]}",
                Map.of());

        assertThat(vms.nics(vm.id())).extracting(Nic::ip).containsExactly("10.1.0.50", "10.2.0.3", "10.1.0.51");
    }

    @Test
    void takesAPatchBack() {
        var before = vms.nics(vm.id());
        patch(
                "{\"details\": {\"own\": \"1\"}, \"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"52:54:00:aa:00:01\"}]}",
                Map.of());
        patch(
                "{\"nics\": [{\"nicUuid\": \"$NIC0\", \"mac\": \"52:54:00:aa:00:02\", \"ip\": \"198.51.100.7\"}]}",
                Map.of());

        assertThat(vms.takePatchBack(vm.id())).isTrue();

        assertThat(vms.nics(vm.id())).isEqualTo(before);
        assertThat(details.of(DetailOwner.INSTANCE, vm.id())).isEmpty();
        assertThat(fixtures.kinds()).contains("vm.patch-taken-back");
        assertThat(vms.takePatchBack(vm.id())).isFalse();
    }

    @Test
    void givesAFreeAddressForOneThatWasTakenMeanwhile() {
        patch("{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.50\"}]}", Map.of());
        var heir = fixtures.vm("heir", "demo");
        assertThat(vms.nics(heir.id())).extracting(Nic::ip).containsExactly("10.1.0.2");

        vms.takePatchBack(vm.id());

        assertThat(vms.nics(vm.id()).get(0).ip()).isEqualTo("10.1.0.3");
    }

    @Test
    void takesNothingBackThatIsToStay() {
        patch("{\"nics\": [{\"nicUuid\": \"$NIC0\", \"ip\": \"10.1.0.50\"}]}", Map.of());

        creations.set(vm.id(), Creation.Created);
        vms.takePatchBack(vm.id());

        assertThat(vms.nics(vm.id()).get(0).ip()).isEqualTo("10.1.0.50");
    }

    @Test
    void givesNoAddressInANetworkWithoutARange() {
        assertThat(vms.nics(vm.id()).get(2)).satisfies(nic -> {
            assertThat(nic.ip()).isNull();
            assertThat(nic.ip6()).isNull();
        });
    }

    private PatchReport patch(String text, Map<String, String> sent) {
        return vms.applyPatch(vm.id(), tree(text), sent, Set.of(), ADMIN);
    }

    private com.fasterxml.jackson.databind.JsonNode tree(String text) {
        var patch = text;
        for (var nic : List.copyOf(vms.nics(vm.id()))) {
            patch = patch.replace("$NIC" + nic.deviceId(), nic.id().toString())
                    .replace("$NET" + nic.deviceId(), nic.networkId().toString());
        }
        try {
            return json.readTree(patch);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(patch, e);
        }
    }
}
