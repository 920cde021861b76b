package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/** Payloads that are unusual but right, a missing VM, and a creation that is cut off. */
final class PayloadChecks {
    private static final int USER_DATA = 220_000;
    private static final int MANY = 8;
    private static final String ODD =
            "quote \" apostrophe ' backslash \\ dollar $(touch %1$s) `touch %1$s` ; & | < > * ? ~ # ! %%s é 日本語 🐎";
    private static final List<String> OPTIONAL = List.of(
            "bootArgs",
            "enableHA",
            "limitCpuUse",
            "enableDynamicallyScaleVm",
            "enterHardwareSetup",
            "disks",
            "configDriveLocation",
            "guestOsDetails",
            "extraConfig",
            "networkIdToNetworkNameMap",
            "metadataManufacturer",
            "metadataProductName");

    private final IntFunction<Scenario> scenarios;
    private final Program program;
    private final Prepared prepared;
    private final Absence absence;
    private final ObjectMapper json;
    private final String odd;

    /** @param scenarios makes one for a new VM with so many NICs */
    PayloadChecks(
            IntFunction<Scenario> scenarios,
            Program program,
            Prepared prepared,
            Absence absence,
            Canary canary,
            ObjectMapper json) {
        this.scenarios = scenarios;
        this.program = program;
        this.prepared = prepared;
        this.absence = absence;
        this.odd = ODD.formatted(canary.file("a dollar sign or a backtick"));
        this.json = json;
    }

    void make() {
        missing();
        lives(Check.NO_NICS, 0, payload -> payload);
        lives(Check.MANY_NICS, MANY, payload -> payload);
        lives(Check.LARGE_PAYLOAD, 1, this::enlarged);
        lives(Check.UNKNOWN_FIELDS, 1, this::withUnknownFields);
        lives(Check.FEW_FIELDS, 1, PayloadChecks::withoutOptional);
        cutOff();
    }

    private interface Change {
        ObjectNode apply(ObjectNode payload);
    }

    private void missing() {
        scenarios.apply(1).succeeds(Check.MISSING_STOP, "stop");
        scenarios.apply(1).succeeds(Check.MISSING_DELETE, "delete");
    }

    private void lives(Check check, int nics, Change change) {
        var life = scenarios.apply(nics);
        try {
            prepared.prepare(life, check);
            if (life.succeeds(check, "deploy", change.apply(life.payload("deploy")))) {
                life.powerIs(check, java.util.Set.of("poweron"));
                life.succeeds(check, "stop", change.apply(life.payload("stop")));
            }
        } finally {
            life.isDeleted(check);
        }
        absence.holds(life, check);
    }

    /** Whatever it had done by the time it was ended, deleting the VM succeeds and nothing of it is on. */
    private void cutOff() {
        var life = scenarios.apply(1);
        prepared.prepare(life, Check.TIMEOUT_RECOVERY);
        var call = program.call("deploy", life.payload("deploy"), Duration.ofSeconds(1));
        life.noteRun(call);
        life.isDeleted(Check.TIMEOUT_RECOVERY);
        absence.holds(life, Check.TIMEOUT_RECOVERY);
    }

    private ObjectNode enlarged(ObjectNode payload) {
        var userData = "conformance ".repeat(USER_DATA / 12);
        var details = payload.withObjectProperty("cloudstack.vm.details").withObjectProperty("details");
        var external = payload.withObjectProperty("externaldetails").withObjectProperty("virtualmachine");
        details.put("External:conformance_userdata", userData);
        external.put("conformance_userdata", userData);
        external.put("conformance_odd", odd + "\nsecond line\ttab");
        external.put("conformance " + odd.substring(0, 60), "a name with odd characters");
        details.put("conformance_odd", odd + "\nsecond line\ttab");
        payload.withObjectProperty("caller").put("name", odd);
        return payload;
    }

    private ObjectNode withUnknownFields(ObjectNode payload) {
        payload.put("conformanceUnknown", true).putNull("conformanceNull");
        payload.set("conformanceObject", json.createObjectNode().put("virtualmachineid", "not-the-id"));
        payload.withObjectProperty("cloudstack.vm.details")
                .putArray("conformanceArray")
                .add(1)
                .addObject()
                .put("name", "not the name");
        return payload;
    }

    private static ObjectNode withoutOptional(ObjectNode payload) {
        payload.remove("caller");
        payload.withObjectProperty("cloudstack.vm.details").remove(OPTIONAL);
        return payload;
    }
}
