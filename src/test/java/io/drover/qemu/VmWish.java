package io.drover.qemu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A VM that a test asks an extension for. */
record VmWish(
        String id,
        String name,
        String mac,
        String password,
        long memory,
        Map<String, String> host,
        Map<String, String> details,
        Map<String, String> parameters) {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long MEMORY = 96L << 20;

    /** A new VM that nobody has asked for before. */
    static VmWish fresh(Map<String, String> host, Map<String, String> details) {
        int number = NUMBERS.incrementAndGet();
        var mac = "02:01:00:d0:%02x:%02x".formatted(number / 256, number % 256);
        return new VmWish(
                UUID.randomUUID().toString(),
                "i-2-" + number + "-VM",
                mac,
                "s3cr3t42",
                MEMORY,
                host,
                details,
                Map.of());
    }

    /** The same VM with another detail of its own. */
    VmWish with(String detail, String value) {
        return new VmWish(id, name, mac, password, memory, host, plus(details, detail, value), parameters);
    }

    /** The same VM on a host with another detail. */
    VmWish withHost(String detail, String value) {
        return new VmWish(id, name, mac, password, memory, plus(host, detail, value), details, parameters);
    }

    VmWish withPassword(String changed) {
        return new VmWish(id, name, mac, changed, memory, host, details, parameters);
    }

    VmWish withMemory(long bytes) {
        return new VmWish(id, name, mac, password, bytes, host, details, parameters);
    }

    VmWish withSnapshot(String snapshot) {
        return new VmWish(id, name, mac, password, memory, host, details, Map.of("snap_name", snapshot));
    }

    /** A golden payload, changed to be this VM's. */
    ObjectNode in(ObjectNode payload, String verb) {
        payload.put("virtualmachineid", id);
        payload.put("virtualmachinename", name);
        var levels = payload.putObject("externaldetails");
        levels.set("host", HypervisorCall.JSON.valueToTree(host));
        levels.set("virtualmachine", HypervisorCall.JSON.valueToTree(details));
        if (!parameters.isEmpty()) {
            payload.put("action", verb);
            payload.set("parameters", HypervisorCall.JSON.valueToTree(parameters));
        }
        var vm = (ObjectNode) payload.path("cloudstack.vm.details");
        vm.put("uuid", id).put("name", name).put("vncPassword", password);
        vm.put("minRam", memory).put("maxRam", memory);
        var nics = vm.withArrayProperty("nics");
        while (nics.size() > 1) {
            nics.remove(1);
        }
        nics.forEach(nic -> ((ObjectNode) nic).put("mac", mac));
        return payload;
    }

    private static Map<String, String> plus(Map<String, String> before, String name, String value) {
        Map<String, String> after = new HashMap<>(before);
        after.put(name, value);
        return after;
    }
}
