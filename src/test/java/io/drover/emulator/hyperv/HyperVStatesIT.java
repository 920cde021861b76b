package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VMs that are neither on nor off, that Drover did not make, or that cannot be deleted. */
@Tag("program")
class HyperVStatesIT extends HyperVCase {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Running         | poweron  |                     | runs already
            RunningCritical | poweron  | storage is gone     | runs already
            Off             | poweroff |                     | was started
            Saved           | paused   | memory is saved     | goes on: its memory is saved
            Paused          | paused   | somebody paused it  | goes on: somebody paused it
            PausedCritical  | paused   | storage is gone     | goes on: PausedCritical
            """)
    void everyStateIsToldAndStartDoesWhatItTakes(String state, String power, String why, String started) {
        program.call("create").succeeded();
        onlyVm().state = state;

        var status = program.call("status").succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo(power);
        assertThat(status.path("uuid").asText()).isEqualTo(HyperVProgram.VM);
        assertThat(status.path("message").asText()).contains(why == null ? "" : why);
        assertThat(program.call("statuses")
                        .succeeded()
                        .at("/power_state/i-2-20-VM")
                        .asText())
                .isEqualTo(power);

        assertThat(message("start")).contains(started);
        assertThat(onlyVm().state).startsWith("Running");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Paused", "PausedCritical"})
    void aVmThatStandsIsTurnedOffWithoutBeingAskedAndRunsAfterAReboot(String state) {
        program.call("create").succeeded();
        onlyVm().state = state;
        assertThat(message("reboot")).contains("could not be asked to shut down", "started again");
        assertThat(onlyVm().state).isEqualTo("Running");

        onlyVm().state = state;
        assertThat(message("stop")).contains("was turned off; it could not be asked");
        assertThat(onlyVm().state).isEqualTo("Off");
    }

    @Test
    void aVmThatStopsAgainIsNotSaidToRun() {
        program.call("create").succeeded();
        onlyVm().state = "PausedCritical";
        onlyVm().stuck = true;

        program.call("start").refused("does not", "storage is gone or full");
    }

    @Test
    void howLongAGuestWasWaitedForIsTold() {
        program.call("create").succeeded();
        emulator.host.guests = "error";

        assertThat(message("stop")).contains("had not shut down within 0 seconds", "not ready for use");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryThatWasSavedNeverRunsOnOtherDisks(boolean withMemory) {
        program.call("create").succeeded();
        if (!withMemory) {
            program.call("stop").succeeded();
        }
        program.call("CreateSnapshot").succeeded();
        onlyVm().state = "Saved";
        assertThat(message("stop")).contains("does not run", "memory is saved");
        program.call("reboot").refused("start it instead", "memory is saved");

        assertThat(message("RestoreSnapshot")).contains("was dropped");

        assertThat(onlyVm().corrupt).isFalse();
        assertThat(onlyVm().state).isEqualTo(withMemory ? "Saved" : "Off");
        assertThat(emulator.host.count("Remove-VMSavedState")).isEqualTo(1);
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void savedMemoryThatCannotBeDroppedKeepsTheDisksAsTheyAre() {
        program.call("create").succeeded();
        program.call("CreateSnapshot").succeeded();
        onlyVm().state = "Saved";
        emulator.host.fail("Remove-VMSavedState", "No.");

        program.call("RestoreSnapshot").refused("No.");

        assertThat(emulator.host.count("Restore-VMSnapshot")).isZero();
    }

    @Test
    void aVmThatIsChangingItsStateIsAskedAgain() {
        program.call("create").succeeded();
        program.call("CreateSnapshot").succeeded();
        onlyVm().state = "Saving";

        program.call("RestoreSnapshot").passing("in the state Saving", "wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-only", "gone"})
    void whatCannotBeDeletedIsNotTurnedOff(String kind) {
        program.call("create").succeeded();
        emulator.host.readOnly = kind.equals("read-only");
        if (kind.equals("gone")) {
            emulator.host.files.removeIf(file -> file.startsWith("D:\\vhd\\i-2-20"));
        }

        program.state = "Expunging";
        for (var verb : List.of("stop", "delete")) {
            program.call(verb).refused("runs and was left as it is");
        }

        assertThat(onlyVm().state).isEqualTo("Running");
    }

    @Test
    void whatCanBeDeletedIsTurnedOffBefore() {
        program.call("create").succeeded();
        program.state = "Expunging";

        program.call("stop").succeeded();

        assertThat(onlyVm().state).isEqualTo("Off");
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void aVmOfTheSameNameIsToldByEveryVerbAndLeftAlone() {
        var foreign = new Vm("i-2-20-VM", 2, 1 << 30, "D:\\vms\\i-2-20-VM");
        foreign.state = "Running";
        emulator.host.vms.put(foreign.id, foreign);

        program.call("create").refused(foreign.id, "is not this one of Drover", "Rename or remove it");
        for (var verb : List.of("start", "reboot", "Suspend", "Resume", "CreateSnapshot", "RestoreSnapshot")) {
            program.call(verb).refused("create it first", foreign.id, "left alone");
        }
        for (var verb : List.of("stop", "delete", "status")) {
            assertThat(message(verb)).contains(foreign.id, "left alone");
        }
        assertThat(program.call("status").succeeded().has("uuid")).isFalse();

        assertThat(onlyVm()).isSameAs(foreign);
        assertThat(emulator.host.effects)
                .isSubsetOf("Get-VM", "Select-Object", "ConvertTo-Json", "Test-Path", "Get-Item", "Remove-Item");
        assertThat(foreign.state).isEqualTo("Running");
    }

    @Test
    void aCopyOfTheVmIsKept() {
        program.call("create").succeeded();
        var copy = new Vm("i-2-20-VM", 2, 1 << 30, "E:\\copies");
        copy.notes = onlyVm().notes;
        copy.state = "Running";
        emulator.host.vms.put(copy.id, copy);

        program.call("delete").succeeded();

        assertThat(onlyVm()).isSameAs(copy);
        assertThat(copy.state).isEqualTo("Running");
    }

    @Test
    void copiesThatNobodyCanTellFromTheVmAreRefused() {
        for (var place : List.of("E:\\one", "E:\\two")) {
            var copy = new Vm("i-2-20-VM", 2, 1 << 30, place);
            copy.notes = "drover-id=" + HyperVProgram.VM + " drover-name=i-2-20-VM";
            emulator.host.vms.put(copy.id, copy);
        }

        program.call("delete").refused("2 VMs with the notes");
        assertThat(emulator.host.vms).hasSize(2);
    }

    private String message(String verb) {
        return program.call(verb).succeeded().path("message").asText();
    }
}
