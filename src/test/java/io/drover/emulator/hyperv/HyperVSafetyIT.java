package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("program")
class HyperVSafetyIT extends HyperVCase {

    @Test
    void leavesAVmOfTheSameNameAlone() {
        var foreign = new Vm("i-2-20-VM", 2, 1 << 30, "D:\\vms\\i-2-20-VM");
        foreign.state = "Running";
        emulator.host.vms.put(foreign.id, foreign);
        program.call("create").refused("is not this one of Drover", "Rename or remove it");
        program.call("stop").succeeded();
        program.call("delete").succeeded();
        program.call("start").refused("create it first");
        program.call("reboot").refused("create it first");
        assertThat(onlyVm()).isSameAs(foreign);
        assertThat(foreign.state).isEqualTo("Running");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x'; Remove-VM -Name *; '",
                "x’; Stop-VM *; ‘",
                "$(Get-Process) `n \"$env:X\"",
                "a\nRemove-Item -Recurse C:\\\n",
                "*",
                "[a-z]?",
                "ü 名前 €"
            })
    void takesHostileNamesForNames(String name) {
        program.name = name.strip();
        program.snapshot = name.strip();
        var call = program.call("create");
        if (name.contains("\n")) {
            call.refused("virtualmachinename");
            program.name = "i-2-20-VM";
            program.call("create").succeeded();
        } else {
            call.succeeded();
            assertThat(onlyVm().name).isEqualTo(program.name);
        }
        program.call("CreateSnapshot").succeeded();
        assertThat(onlyVm().snapshots.get(0).name()).isEqualTo(program.snapshot);
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Teleport", "suspend", "getconsole", "prepare", ""})
    void refusesAVerbItDoesNotKnow(String verb) {
        program.call(verb).refused("Unknown verb", "create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{\"virtualmachineid\":\"a", "not json", "{}", "{\"externaldetails\":[1]}"})
    void refusesAPayloadItCannotUse(String payload) {
        for (var verb : List.of("create", "status", "delete", "ListSnapshots")) {
            program.program.raw(verb, payload, "30").refused();
        }
    }
}
