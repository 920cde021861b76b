package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each refusal says what to do, and nothing was made. */
@Tag("program")
class MessageIT extends Scenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extension      | secret                 | ffffffff-0000-4000-8000-000000000000 | invalid token value      | token and secret
            extension      | token                  | other                                | no such token 'other'    | token and secret
            extension      | user                   | drover                               | user with its realm      | drover@pve
            extension      | url                    | http://127.0.0.1:8006                | detail url               | https://<host>
            extension      | url                    | https://no-such-host.invalid         | cannot be resolved       | detail url
            extension      | url                    | https://127.0.0.1:1                  | cannot be reached        | detail url
            extension      | verify_tls_certificate | true                                 | is not trusted           | verify_tls_certificate to false
            extension      | verify_tls_certificate | perhaps                              | true or false            | verify_tls_certificate
            host           | node                   | pve7                                 | hostname lookup 'pve7'   | detail node
            host           | network_bridge         | vmbr0,tag=7                          | network_bridge           | a bridge of the node
            host           | pool                   | nowhere                              | pool 'nowhere'           | does not exist
            virtualmachine | template_id            | 4711                                 | no template 4711         | detail template_id
            virtualmachine | template_id            | 7                                    | template_id is 7         | whole number
            virtualmachine | template_type          | floppy                               | floppy                   | template or iso
            virtualmachine | disk_size              | 4                                    | cannot shrink            | larger size
            virtualmachine | disk_size              | much                                 | disk_size is much        | whole number
            virtualmachine | os_type                | beos                                 | os_type is beos          | l26
            virtualmachine | vm_name                | a_b                                  | vm_name is a_b           | DNS name
            virtualmachine | vm_name                | i-2-9-VM                             | vm_name is i-2-9-VM      | another VM
            virtualmachine | iso_path               | local-lvm:vm-300-disk-0              | vm-300-disk-0            | <storage>:iso/<file>
            """)
    void aWrongDetailIsRefusedBeforeAnythingIsMade(
            String level, String detail, String value, String problem, String remedy) {
        var kind = List.of("pool", "iso_path").contains(detail) ? Payload.ofIso(proxmox) : Payload.of(proxmox);

        assertThat(fail("create", kind.with(level, detail, value), 8).error())
                .contains(problem)
                .contains(remedy);

        assertNothingLeft();
        assertThat(proxmox.requests()).noneMatch(line -> line.contains("/clone"));
    }

    @ParameterizedTest
    @CsvSource({
        "VM.Clone, /vms/100, template, create",
        "VM.Allocate, /vms, template, create",
        "VM.Config.Memory, /vms, template, create",
        "SDN.Use, /sdn/zones/localnetwork/vmbr0, iso, create",
        "Datastore.AllocateSpace, /storage/local-lvm, iso, create",
        "VM.Console, /vms/101, template, getconsole",
        "VM.PowerMgmt, /vms/101, template, stop",
        "VM.Snapshot, /vms/101, template, CreateSnapshot"
    })
    void aMissingPrivilegeIsNamedWithItsPath(String privilege, String path, String kind, String verb) {
        var payload = (kind.equals("iso") ? Payload.ofIso(proxmox) : Payload.of(proxmox)).parameter("snap_name", "one");
        if (!verb.equals("create")) {
            addVm(true);
        }
        proxmox.deny(privilege, path);

        assertThat(fail(verb, payload).error())
                .contains("lacks the privilege " + privilege + " on " + path)
                .contains("pveum acl modify");

        if (verb.equals("create")) {
            proxmox.deny(privilege, null);
            succeed("delete", payload);
            assertNothingLeft();
        }
    }

    @Test
    void newerServersWithTheirMessageInTheBodyAreUnderstood() {
        proxmox.reasonInBody();
        succeed("create");
        succeed("delete");
        proxmox.deny("VM.Clone", "/vms/100");

        assertThat(fail("create", Payload.of(proxmox)).error()).contains("VM.Clone on /vms/100");
    }

    @Test
    void anOfflineNodeIsTold() {
        proxmox.takeOffline("pve1");

        assertThat(fail("create", Payload.of(proxmox), 10).error())
                .contains("595 No route to host")
                .contains("node is online");
    }

    @Test
    void aVmThatIsNoTemplateIsNotCloned() {
        proxmox.add(200, "pve1", java.util.Map.of("name", "plain", "scsi0", "local-lvm:vm-200-disk-0,size=8G"));

        assertThat(fail("create", Payload.of(proxmox).with("virtualmachine", "template_id", "200"))
                        .error())
                .contains("VM 200 is not a template");
    }

    @Test
    void anIsoThatIsMissingIsTold() {
        assertThat(fail("create", Payload.ofIso(proxmox).with("virtualmachine", "iso_path", "local:iso/none.iso"))
                        .error())
                .contains("local:iso/none.iso")
                .contains("detail iso_path");
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "extension, url",
        "extension, user",
        "extension, token",
        "extension, secret",
        "host, node",
        "host, network_bridge",
        "virtualmachine, template_id"
    })
    void aMissingDetailIsNamed(String level, String detail) {
        assertThat(fail("create", Payload.of(proxmox).without(level, detail)).error())
                .contains("detail " + detail + " is missing");
        assertNothingLeft();
    }
}
