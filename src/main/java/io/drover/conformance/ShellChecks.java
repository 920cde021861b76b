package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.DetailType;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Texts that people choose, with all the signs that shells know, in every place where a payload has such texts. */
final class ShellChecks {
    private static final List<Level> OF_PEOPLE = List.of(Level.TEMPLATE, Level.SERVICE_OFFERING, Level.VM);
    private static final String UNKNOWN = "conformance_odd";
    private static final String EXTERNAL = "External:";
    private static final String VM_DETAILS = "cloudstack.vm.details";
    private static final String STATUS = "status";
    private static final String DEPLOY = "deploy";

    private final Supplier<Scenario> scenarios;
    private final AnswerChecks answers;
    private final Findings findings;
    private final Canary canary;
    private final List<Bait> baits;
    private final Set<String> known = new TreeSet<>();

    /** @param scenarios makes one for a new VM */
    ShellChecks(
            ExtensionManifest manifest,
            Supplier<Scenario> scenarios,
            AnswerChecks answers,
            Findings findings,
            Canary canary) {
        this.scenarios = scenarios;
        this.answers = answers;
        this.findings = findings;
        this.canary = canary;
        this.baits = Bait.all(canary);
        for (var level : OF_PEOPLE) {
            manifest.configuration().at(level).forEach((name, field) -> {
                if (isFreeText(field)) {
                    known.add(name);
                }
            });
        }
    }

    /** Asks for the status of VMs that never were; nothing is made. */
    void make() {
        for (var bait : baits) {
            var life = scenarios.get();
            var payload = with(bait.text(), life.payload(STATUS));
            known.forEach(name -> detail(name, bait.text(), payload));
            proper(bait.name(), life.ask(STATUS, payload).call());
        }
        var life = scenarios.get();
        var payload = life.payload(STATUS);
        detail(Bait.mixed(canary), "the name of a detail", payload);
        proper(
                "several signs in the name of a detail",
                life.ask(STATUS, payload).call());
    }

    /** The texts for a place where they may stand quoted or not. */
    List<Bait> baits() {
        return baits.stream().filter(Bait::dense).toList();
    }

    /** Makes VMs with such texts, which may be refused, and deletes them. */
    void lives(Prepared prepared) {
        life(prepared, payload -> with(Bait.mixed(canary), payload));
        baits.stream().filter(Bait::unmixed).forEach(bait -> life(prepared, payload -> with(bait.text(), payload)));
        known.forEach(name -> life(prepared, payload -> detail(name, Bait.mixed(canary), payload)));
    }

    private interface Change {
        void apply(ObjectNode payload);
    }

    private void life(Prepared prepared, Change change) {
        var life = scenarios.get();
        try {
            prepared.prepare(life, Check.SHELL);
            var payload = life.payload(DEPLOY);
            change.apply(payload);
            proper("several signs", life.ask(DEPLOY, payload).call());
        } finally {
            life.ask("delete", life.payload("delete"));
        }
    }

    /** Whatever it makes of such a text, it says so in good form. */
    void proper(String what, Call call) {
        findings.made(Check.SHELL);
        if (!call.timedOut() && call.exitCode() != 0 && answers.object(call) == null) {
            findings.fail(
                    Check.SHELL,
                    call.verb() + ": a text that has " + what
                            + " in it must be taken as it is, or refused with a JSON object, but " + call.told(),
                    call);
        }
    }

    private static ObjectNode with(String text, ObjectNode payload) {
        detail(UNKNOWN, text, payload);
        payload.withObjectProperty("caller").put("name", text);
        for (JsonNode nic : payload.path(VM_DETAILS).path("nics")) {
            ((ObjectNode) nic).put("name", text);
        }
        return payload;
    }

    private static void detail(String name, String value, ObjectNode payload) {
        payload.withObjectProperty("externaldetails")
                .withObjectProperty("virtualmachine")
                .put(name, value);
        payload.withObjectProperty(VM_DETAILS).withObjectProperty("details").put(EXTERNAL + name, value);
    }

    private boolean isFreeText(DetailField field) {
        return field.type() == DetailType.STRING
                && !field.secret()
                && field.problem(Bait.mixed(canary)).isEmpty();
    }
}
