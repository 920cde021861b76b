package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.wire.PayloadComposer.Target;
import io.drover.inventory.Creation;
import io.drover.inventory.DetailLevels;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Network;
import io.drover.inventory.Networks;
import io.drover.inventory.Nic;
import io.drover.inventory.PowerState;
import io.drover.inventory.ServiceOffering;
import io.drover.inventory.ServiceOfferings;
import io.drover.inventory.Template;
import io.drover.inventory.Templates;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Payloads compared with those under {@code payloads}, which were written after section 2 of the contract. */
class PayloadComposerTests {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID VM = UUID.fromString("ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc");
    private static final UUID LAN = UUID.fromString("e754f4e2-5a1c-4686-995e-1d2eb1235eb4");
    private static final UUID SIX = UUID.fromString("5d0b8a34-1b1f-4c63-8f0d-1f7a0e9c4d22");
    private static final UUID OWNER = new UUID(1, 2);
    private static final UUID TEMPLATE = new UUID(2, 1);
    private static final UUID OFFERING = new UUID(2, 2);
    private static final Target TARGET = new Target(new UUID(3, 1), new UUID(3, 2), new UUID(3, 3), Set.of());
    private static final Actor ROOT = new Actor(new UUID(1, 1), "root", RoleType.ADMIN, "/");

    private final ObjectMapper json = new ObjectMapper();
    private final DetailLevels details = mock(DetailLevels.class);
    private final Map<Map.Entry<DetailOwner, UUID>, Map<String, String>> given = new HashMap<>();
    private final Vms vms = mock(Vms.class);
    private final Networks networks = mock(Networks.class);
    private final Templates templates = mock(Templates.class);
    private final ServiceOfferings offerings = mock(ServiceOfferings.class);
    private final Accounts accounts = mock(Accounts.class);
    private final PayloadComposer payloads = new PayloadComposer(
            details, new VmDetailsComposer(vms, networks, templates, offerings, accounts, json), json);

    @BeforeEach
    void inventory() {
        when(details.of(any())).thenAnswer(call -> levels(call.getArgument(0)));
        when(accounts.number(OWNER)).thenReturn(2L);
        when(vms.vncPassword(VM)).thenReturn("random");
        when(templates.get(TEMPLATE)).thenReturn(new Template(TEMPLATE, "tiny", null, "x86_64", null, NOW));
        when(offerings.get(OFFERING)).thenReturn(new ServiceOffering(OFFERING, "small", 1, 500, 512, NOW));
        when(networks.get(LAN))
                .thenReturn(new Network(
                        LAN,
                        208,
                        "lan",
                        "10.1.1.0/24",
                        "10.1.1.1",
                        166,
                        null,
                        null,
                        "10.1.1.2",
                        "10.1.1.3",
                        null,
                        null,
                        200,
                        NOW));
        when(networks.get(SIX))
                .thenReturn(new Network(
                        SIX,
                        209,
                        "six",
                        "10.2.0.0/16",
                        "10.2.0.1",
                        null,
                        "2001:db8::/64",
                        "2001:db8::1",
                        null,
                        null,
                        "2001:db8::2",
                        "2001:db8::3",
                        100,
                        NOW));
        var first = UUID.fromString("f3188e9f-37ba-4853-b711-d6f60dddc5a2");
        var second = UUID.fromString("0b0d9c1e-6a52-4a55-9a3e-6a6a7f4e2b11");
        when(vms.nics(VM))
                .thenReturn(List.of(
                        new Nic(first, VM, LAN, 0, "02:01:00:d0:00:10", "10.1.1.20", null, true),
                        new Nic(second, VM, SIX, 1, "02:01:00:d0:00:11", null, "2001:db8::20", false)));
    }

    @ParameterizedTest
    @CsvSource({
        "prepare,prepare,Starting,false",
        "deploy,create,Starting,false",
        "start,start,Starting,true",
        "stop,stop,Stopping,true",
        "reboot,reboot,Rebooting,true",
        "status,status,Running,true",
        "delete,delete,Expunging,true"
    })
    void composesThePayloadOfTheContract(String verb, String file, VmState state, boolean deployed) throws IOException {
        detailsOnEveryLevel();

        JsonNode payload = payloads.compose(verb, vm(state, deployed), TARGET, ROOT);

        var golden = Objects.requireNonNull(getClass().getResourceAsStream("/payloads/" + file + ".json"));
        // Through text, so that numbers compare as they are read.
        assertThat(json.readTree(payload.toString())).isEqualTo(json.readTree(golden));
    }

    @Test
    void leavesOutLevelsWithoutDetails() {
        var payload = payloads.compose("stop", vm(VmState.Stopping, true), TARGET, ROOT);

        assertThat(payload.has("externaldetails")).isFalse();
    }

    @Test
    void writesTheVmsLevelInStatusEvenIfItIsEmpty() {
        var payload = payloads.compose("status", vm(VmState.Running, true), TARGET, ROOT);

        assertThat(payload.path("externaldetails").toString()).isEqualTo("{\"virtualmachine\":{}}");
    }

    @Test
    void saysUntaggedWhereTheDefaultNicsNetworkHasNoVlan() {
        when(vms.nics(VM))
                .thenReturn(List.of(new Nic(new UUID(5, 5), VM, SIX, 0, "02:01:00:d0:00:11", "10.2.0.9", null, true)));

        var payload = payloads.compose("deploy", vm(VmState.Starting, false), TARGET, ROOT);

        assertThat(payload.at("/externaldetails/virtualmachine/cloudstack.vlan").asText())
                .isEqualTo("untagged");
        assertThat(payload.at("/cloudstack.vm.details/nics/0/ip").asText()).isEqualTo("10.2.0.9");
    }

    @Test
    void givesPlainDetailsUnderTheirOwnNameTooButNeverInPlaceOfWhatTheExtensionKeeps() {
        detailsOnEveryLevel();
        with(DetailOwner.VM, VM, Map.of("disk", "vm", "SSH.PublicKey", "ssh-ed25519 AAAA", "proxmox_vmid", "1"));
        var plain = Set.of("disk", "tier", "SSH.PublicKey", "proxmox_vmid", "absent");
        var target = new Target(TARGET.extension(), TARGET.mapping(), TARGET.host(), plain);

        var payload = payloads.compose("start", vm(VmState.Starting, true), target, ROOT);
        var details = payload.at("/cloudstack.vm.details/details");

        assertThat(json.convertValue(details, Map.class))
                .containsEntry("SSH.PublicKey", "ssh-ed25519 AAAA")
                .containsEntry("External:SSH.PublicKey", "ssh-ed25519 AAAA")
                .containsEntry("disk", "vm")
                .containsEntry("tier", "template")
                .containsEntry("proxmox_vmid", "103")
                .doesNotContainKeys("cpu", "absent");
        assertThat(payload.at("/externaldetails/virtualmachine/SSH.PublicKey").asText())
                .isEqualTo("ssh-ed25519 AAAA");
        assertThat(payloads.vmDetails(vm(VmState.Starting, true), plain))
                .isEqualTo(json.convertValue(details, Map.class));
    }

    @Test
    void composesAVmWithoutTemplateAndOffering() {
        var bare = new Vm(
                VM,
                20,
                "web",
                "i-2-20-VM",
                VmState.Running,
                null,
                PowerState.PowerOn,
                null,
                OWNER,
                "/",
                null,
                null,
                null,
                null,
                null,
                Creation.Created,
                NOW);

        var node = payloads.compose("status", bare, TARGET, ROOT).path("cloudstack.vm.details");

        assertThat(node.has("arch")).isFalse();
        assertThat(node.has("cpus")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoCalls(RoleType role) {
        var caller = payloads.compose("stop", vm(VmState.Stopping, true), TARGET, new Actor(OWNER, "ann", role, "/a"))
                .path("caller");

        assertThat(caller.path("id").asText()).isEqualTo(OWNER.toString());
        assertThat(caller.path("name").asText()).isEqualTo("ann");
        assertThat(caller.path("roletype").asText()).isEqualTo(role.wireName());
        assertThat(caller.path("rolename").asText()).isEqualTo(role.roleName());
    }

    private void detailsOnEveryLevel() {
        with(DetailOwner.EXTENSION, TARGET.extension(), Map.of("url", "https://pve.example", "secret", "s3cr3t"));
        with(DetailOwner.RESOURCE_MAP, TARGET.mapping(), Map.of("pool", "gold", "url", "map"));
        with(DetailOwner.HOST, TARGET.host(), Map.of("node", "pve1", "url", "host"));
        with(DetailOwner.SERVICE_OFFERING, OFFERING, Map.of("cpu", "offering", "tier", "offering", "disk", "offering"));
        with(DetailOwner.TEMPLATE, TEMPLATE, Map.of("tier", "template", "disk", "template"));
        with(DetailOwner.VM, VM, Map.of("disk", "vm", "url", "vm"));
        with(DetailOwner.INSTANCE, VM, Map.of("proxmox_vmid", "103", "External:maas_id", "m-1"));
    }

    private void with(DetailOwner owner, UUID id, Map<String, String> values) {
        given.put(Map.entry(owner, id), values);
    }

    private Map<DetailOwner, Map<String, String>> levels(Map<DetailOwner, UUID> owners) {
        Map<DetailOwner, Map<String, String>> levels = new EnumMap<>(DetailOwner.class);
        owners.forEach((type, owner) -> levels.put(type, given.getOrDefault(Map.entry(type, owner), Map.of())));
        return levels;
    }

    private static Vm vm(VmState state, boolean deployed) {
        return new Vm(
                VM,
                20,
                "web",
                "i-2-20-VM",
                state,
                null,
                PowerState.PowerUnknown,
                null,
                OWNER,
                "/",
                TEMPLATE,
                OFFERING,
                new UUID(4, 1),
                TARGET.host(),
                null,
                deployed ? Creation.Created : Creation.Never,
                NOW);
    }
}
