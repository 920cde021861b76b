package io.drover.emulator.maas;

import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.ExtensionProgram.Call;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The MaaS extension, called for one VM on an emulated MAAS. */
final class MaasProgram {

    static final String VM = "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc";
    static final String MARK = "drover-" + VM;

    final Map<String, String> host = new HashMap<>();
    final Map<String, String> vm = new HashMap<>();
    final ExtensionProgram program;
    String id = VM;
    String name = "i-2-20-VM";

    MaasProgram(Path directory, MaasEmulator maas) {
        program = new ExtensionProgram(Path.of("extensions/MaaS/maas.py"), directory);
        host.put("endpoint", maas.endpoint());
        host.put("apikey", MaasEmulator.KEY);
        vm.put("graceful_stop_seconds", "1");
    }

    Call call(String verb) {
        return call(verb, 60);
    }

    Call call(String verb, int seconds) {
        return program.call(verb, payload(), seconds);
    }

    private Map<String, Object> payload() {
        return Map.of(
                "externaldetails",
                Map.of("host", host, "virtualmachine", vm),
                "virtualmachineid",
                id,
                "virtualmachinename",
                name,
                "cloudstack.vm.details",
                Map.of(
                        "cpus",
                        2,
                        "minRam",
                        4L << 30,
                        "maxRam",
                        4L << 30,
                        "arch",
                        "x86_64",
                        "nics",
                        List.of(nic(1, false), nic(0, true))));
    }

    private static Map<String, Object> nic(int place, boolean isDefault) {
        return Map.of(
                "deviceId",
                place,
                "nicUuid",
                "f3188e9f-37ba-4853-b711-d6f60dddc5a" + place,
                "uuid",
                "e754f4e2-5a1c-4686-995e-1d2eb1235eb4",
                "mac",
                "02:01:00:d0:00:1" + place,
                "defaultNic",
                isDefault);
    }
}
