package io.drover.emulator.hyperv;

import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.ExtensionProgram.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The HyperV extension, called for one VM on an emulated host. */
final class HyperVProgram {

    static final String VM = "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc";
    static final String ISO = HyperVEmulator.ISO;

    final Map<String, String> host = new HashMap<>();
    final Map<String, String> vm = new HashMap<>();
    final List<Map<String, Object>> nics = new ArrayList<>();
    final ExtensionProgram program;
    String name = "i-2-20-VM";
    String snapshot = "before update";
    String state = "Running";

    HyperVProgram(Path directory, HyperVEmulator emulator) {
        program = new ExtensionProgram(Path.of("extensions/HyperV/hyperv.py"), directory);
        host.putAll(emulator.details());
        vm.putAll(emulator.templateDetails());
        nics.add(nic(0, "02:01:00:d0:00:10", "vlan://107"));
        nics.add(nic(1, "02:01:00:d0:00:11", "vlan://untagged"));
    }

    Call call(String verb) {
        return call(verb, 60);
    }

    Call call(String verb, int seconds) {
        return program.call(verb, payload(), seconds);
    }

    Map<String, Object> payload() {
        return Map.of(
                "externaldetails", Map.of("host", host, "virtualmachine", vm),
                "virtualmachineid", VM,
                "virtualmachinename", name,
                "parameters", Map.of("snapshot_name", snapshot),
                "cloudstack.vm.details",
                        Map.of("state", state, "cpus", 4, "minRam", 2L << 30, "maxRam", 2L << 30, "nics", nics));
    }

    private static Map<String, Object> nic(int place, String mac, String uri) {
        return Map.of("deviceId", place, "mac", mac, "broadcastUri", uri, "defaultNic", place == 0);
    }
}
