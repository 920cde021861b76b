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

/** Trouble that passes by itself is to be asked again, unless something could be done twice. */
@Tag("program")
class HyperVRetryIT extends HyperVCase {

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_BEFORE", "UNAVAILABLE_BEFORE", "BUSY"})
    void aHostThatIsAwayIsAskedAgainAndServesThen(Fault fault) {
        for (var verb : List.of("create", "start", "stop", "reboot", "delete", "status", "CreateSnapshot")) {
            for (int i = 0; i < 8; i++) {
                emulator.faults.next("Create", fault);
            }
            program.call(verb, 2).passing();
            while (emulator.faults.left() > 0) {
                emulator.faults.take("Create", fault);
            }
        }
        assertNothingLeft();
        program.call("create").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "stop", "delete", "status", "RestoreSnapshot"})
    void aHostThatTakesNoConnectionIsAskedAgain(String verb) {
        program.host.put("url", "https://127.0.0.1:1");
        program.call(verb, 2).passing("cannot be reached");
    }

    @ParameterizedTest
    @CsvSource({"url, https://no-such-host.invalid", "password, wrong-Secret"})
    void whatDoesNotPassIsRefused(String detail, String value) {
        program.host.put(detail, value);
        program.call("status", 5).refused();
    }

    @ParameterizedTest
    @CsvSource({
        "stop, Stop-VM, true",
        "start, Start-VM, true",
        "reboot, Stop-VM, false",
        "CreateSnapshot, Checkpoint-VM, false"
    })
    void whatMayHaveBeenDoneOnceIsNotToBeDoneTwice(String verb, String cmdlet, boolean passes) {
        program.call("create").succeeded();
        onlyVm().state = verb.equals("start") ? "Off" : "Running";
        program.vm.put("graceful_stop_seconds", "0");
        emulator.host.fail(cmdlet, "The process cannot access the file because it is being used by another process.");

        var call = program.call(verb);
        if (passes) {
            call.passing("being used by another process");
        } else {
            call.refused("being used by another process");
        }
    }

    @Test
    void aCreationIsAskedForAgainOnlyIfNothingIsLeft() {
        emulator.host.fail("Set-VMProcessor", "The file is being used by another process.");
        program.call("create").passing("was removed");
        assertNothingLeft();

        emulator.host.fail("Set-VMProcessor", "The file is being used by another process.");
        emulator.host.fail("Remove-VM", "No.");
        var call = program.call("create");
        call.refused("still there");
        assertThat(call.answer().path("leftovers").asBoolean()).isTrue();
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void aCreationThatWasEndedSaysThatSomethingMayBeLeft() {
        emulator.shells.delays = 1000;
        var call = program.program.ended(
                "create", program.payload(), () -> emulator.host.count("Get-VM") > 0 && emulator.shells.commands() > 0);
        emulator.shells.delays = 0;

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.answer().has("retryable")).isFalse();
        assertThat(call.answer().path("leftovers").asBoolean()).isEqualTo(!emulator.host.vms.isEmpty());
    }
}
