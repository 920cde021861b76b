package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the extension Libvirt leaves in the pool when it deletes a VM: all that is somebody else's. */
class LibvirtLeftIT extends LibvirtGuests {
    private static final String DOMAIN = """
            <domain type='qemu'><name>other</name><memory>65536</memory><os><type arch='x86_64'>hvm</type></os><devices>
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s'/><target dev='vda'/></disk>
            </devices></domain>
            """;

    @ParameterizedTest
    @ValueSource(strings = {".qcow2.bak", ".notes", ".branch.qcow2"})
    void whatOnlyBeginsWithTheIdIsLeftAndNamed(String end) throws IOException {
        var vm = created();
        var other = libvirt.pool().resolve(vm.id() + end);
        Images.write(libvirt.pool(), "good");
        Files.move(libvirt.pool().resolve("good.img"), other);

        assertThat(told(vm)).contains("was deleted", "is left: " + other);

        assertThat(other).exists();
        assertThat(disk(vm)).doesNotExist();
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
        Files.delete(other);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDiskThatOthersUseIsLeftAndNamed(boolean byDomain) throws IOException {
        var vm = created();
        var clone = libvirt.pool().resolve("it's a clone.qcow2");
        if (byDomain) {
            var xml = Files.writeString(libvirt.pool().resolveSibling("other.xml"), DOMAIN.formatted(disk(vm)));
            assertThat(libvirt.virsh("define", xml.toString()))
                    .as(libvirt.printed())
                    .isZero();
        } else {
            Images.overlay(clone, disk(vm).toString(), "qcow2");
        }

        assertThat(told(vm)).contains("was deleted", "is left: " + disk(vm));
        assertThat(told(vm)).contains("There is no VM", "is left: " + disk(vm));
        assertThat(disk(vm)).exists();
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();

        libvirt.virsh("undefine", "other");
        Files.deleteIfExists(clone);
        libvirt.virsh("pool-refresh", "default");
        assertThat(told(vm)).doesNotContain("is left");
        assertThat(disk(vm)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exec sleep 60", "echo 'error: internal error: pool has asynchronous jobs running' >&2; exit 1"})
    void aPoolThatCannotBeLookedIntoAnewHindersNoDelete(String refresh) throws IOException {
        var programs = Files.createDirectories(libvirt.pool().resolveSibling("programs"));
        var virsh = Files.writeString(
                programs.resolve("virsh"),
                "#!/bin/sh\ncase \"$*\" in *pool-refresh*) " + refresh + " ;; esac\nexec /usr/bin/virsh \"$@\"\n");
        Files.setPosixFilePermissions(virsh, PosixFilePermissions.fromString("rwxr-xr-x"));
        var vm = created();
        var slowed = libvirt.program(programs);

        slowed.end(slowed.begin("delete", vm, 20)).succeeded();

        assertThat(disk(vm)).doesNotExist();
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
    }

    private VmWish created() {
        var vm = VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "0"));
        program.call("create", vm).succeeded();
        return vm;
    }

    private Path disk(VmWish vm) {
        return libvirt.pool().resolve(vm.id() + ".qcow2");
    }

    private String told(VmWish vm) {
        return program.call("delete", vm).succeeded().path("message").asText();
    }
}
