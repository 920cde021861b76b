package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.Faults.Fault;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("program")
class HyperVFaultIT extends HyperVCase {

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_BEFORE", "DROP_AFTER", "UNAVAILABLE_BEFORE", "UNAVAILABLE_AFTER"})
    void losesNothingWhenAnyMessageGoesWrongOnce(Fault fault) {
        for (var operation : List.of("Create", "Command", "Receive", "Signal", "Delete")) {
            for (var verb : List.of("create", "CreateSnapshot", "reboot", "DeleteSnapshot", "delete")) {
                emulator.faults.next(operation, fault);
                program.call(verb).succeeded();
                assertThat(emulator.host.vms).hasSize(verb.equals("delete") ? 0 : 1);
            }
        }
        assertThat(emulator.faults.left()).isZero();
        assertThat(emulator.host.vms).isEmpty();
        assertThat(emulator.host.files).noneMatch(file -> file.contains(HyperVProgram.VM));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_BEFORE", "DROP_AFTER", "UNAVAILABLE_AFTER", "EXPIRED"})
    void createsOneVmWhicheverCommandIsLost(Fault fault) {
        for (int spared = 1; spared < 7; spared++) {
            for (int i = 0; i < spared; i++) {
                emulator.faults.next("Command", Fault.NONE);
            }
            emulator.faults.next("Command", fault);
            program.call("create").succeeded();
            assertThat(onlyVm().state).isEqualTo("Running");
            assertThat(onlyVm().adapters).hasSize(2);
            program.call("delete").succeeded();
            assertThat(emulator.host.files).noneMatch(file -> file.contains(HyperVProgram.VM));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "New-Item",
                "Copy-Item",
                "New-VM",
                "Set-VMProcessor",
                "Remove-VMNetworkAdapter",
                "Add-VMNetworkAdapter",
                "Set-VMNetworkAdapterVlan",
                "Set-VMFirmware",
                "Set-VM"
            })
    void cleansUpWhateverStepOfACreationFails(String cmdlet) {
        emulator.host.fail(cmdlet, "There is not enough space on the disk.");
        program.call("create").refused("not enough space", "Free space on the host", "was removed");
        assertNothingLeft();
        emulator.host.failAfterwards(cmdlet, "The device is gone.");
        program.call("create").refused("The device is gone.", "was removed");
        assertNothingLeft();
        program.call("create").succeeded();
    }

    @Test
    void saysWhatIsStillThereWhenCleaningUpFails() {
        emulator.host.fail("Set-VMProcessor", "No.");
        emulator.host.fail("Remove-VM", "You do not have permission.");
        program.call("create").refused("No.", "still there", "delete the VM to remove it");
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void leavesNothingOfAVmThatDoesNotStart() {
        emulator.host.fail("Start-VM", "Not enough memory in the system to start the virtual machine.");
        program.call("create").refused("Not enough memory", "smaller service offering", "was removed");
        assertNothingLeft();
        program.call("create").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "never"})
    void turnsOffAGuestThatDoesNotShutDown(String guests) {
        program.call("create").succeeded();
        emulator.host.guests = guests;
        program.call("stop").succeeded();
        assertThat(onlyVm().state).isEqualTo("Off");
        assertThat(emulator.shells.open()).isZero();
    }

    @Test
    void waitsForSlowCommands() {
        emulator.shells.delays = 3;
        program.call("create").succeeded();
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void endsWhatTheHostStillDoesWhenItIsEnded() {
        emulator.shells.delays = Integer.MAX_VALUE;
        program.program
                .ended("create", program.payload(), () -> emulator.shells.commands() > 0)
                .refused("was ended");
        assertThat(emulator.shells.open()).isZero();
    }

    @Test
    void givesUpInTimeAndRemovesWhatItMade() {
        emulator.shells.delays = Integer.MAX_VALUE;
        program.call("create", 5).passing("took too long");
        emulator.shells.delays = 0;
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "url, , detail url is missing",
        "url, http://hv1:5985, WinRM without TLS is not spoken",
        "url, https://no-such-host.invalid, name of",
        "username, , detail username is missing",
        "password, , detail password is missing",
        "ca_file, /etc/hostname, has no certificates",
        "ca_file, , cannot be trusted",
        "authentication, kerberos, must be ntlm or basic",
        "authentication, basic, takes no Basic login",
        "verify_tls_certificate, perhaps, must be true or false",
        "password, wrong-Secret, refuses the login of drover"
    })
    void saysWhichDetailIsWrong(String name, String value, String words) {
        if (value == null) {
            program.host.remove(name);
        } else {
            program.host.put(name, value);
        }
        var call = program.call("status", 10);
        assertThat(call.refused(words)).doesNotContain("wrong-Secret", HyperVEmulator.PASSWORD);
        assertThat(call.stderr()).doesNotContain("wrong-Secret", HyperVEmulator.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "vhd_path, , detail vhd_path",
        "vm_path, relative\\path, full Windows path",
        "network_switch, , detail network_switch",
        "network_switch, Missing, unable to find a virtual switch",
        "template_path, , detail template_path is missing",
        "template_path, D:\\none.vhdx, Correct the path",
        "generation, 3, whole number from 1 to 2",
        "template_type, iso, detail iso_path is missing",
        "vhd_mode, link, copy, differencing",
        "secure_boot, maybe, must be one of"
    })
    void saysWhatIsWrongWithTheDetailsOfACreation(String name, String value, String words) {
        var details = program.vm.containsKey(name) || !program.host.containsKey(name) ? program.vm : program.host;
        if (value == null) {
            details.remove(name);
        } else {
            details.put(name, value);
        }
        program.call("create").refused(words);
        assertNothingLeft();
    }

    @Test
    void logsInWithoutTrustAndWithBasicWhenTold() {
        program.host.remove("ca_file");
        program.host.put("verify_tls_certificate", "false");
        program.call("status").succeeded();
        emulator.allowBasic();
        program.host.put("authentication", "basic");
        program.call("status").succeeded();
    }

    @Test
    void saysThatRightsAreMissing() {
        emulator.host.fail("Get-VM", "You do not have the required permission to complete this task.");
        program.call("status").refused("required permission", "Hyper-V Administrators");
    }

    @Test
    void givesUpOnAHostThatStaysDown() {
        for (int i = 0; i < 4; i++) {
            emulator.faults.next("Create", Fault.UNAVAILABLE_BEFORE);
        }
        program.call("status").passing("503", "Look whether the host is up");
    }
}
