package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.wire.Outcome;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The whole life of one VM, every verb twice where that must do no harm. */
final class LifecycleChecks {
    private static final String DEPLOY = "deploy";
    private static final String DELETE = "delete";
    private static final Set<String> ON = Set.of("poweron");
    private static final Set<String> OFF = Set.of("poweroff");

    private final ExtensionManifest manifest;
    private final Predicate<String> wanted;
    private final Findings findings;
    private final ActionChecks actions;
    private final Scenario life;
    private final Prepared prepared;
    private final Outside outside;
    private final Absence absence;
    private final Supplier<Scenario> others;

    /**
     * @param wanted whether a verb is to be asked that can be left out
     * @param others makes scenarios of new VMs
     */
    LifecycleChecks(
            ExtensionManifest manifest,
            Predicate<String> wanted,
            Findings findings,
            ActionChecks actions,
            Supplier<Scenario> others,
            Prepared prepared,
            Outside outside,
            Absence absence) {
        this.manifest = manifest;
        this.wanted = wanted;
        this.findings = findings;
        this.actions = actions;
        this.life = others.get();
        this.prepared = prepared;
        this.outside = outside;
        this.absence = absence;
        this.others = others;
    }

    void make() {
        try {
            if (supports("prepare")) {
                prepared.prepare(life, Check.PREPARE);
            }
            if (life.succeeds(Check.DEPLOY, DEPLOY)) {
                running();
                stopped();
            }
        } finally {
            life.isDeleted(Check.DELETE);
        }
        gone();
        life.succeeds(Check.DELETE_AGAIN, DELETE);
    }

    private void running() {
        life.powerIs(Check.ON_AFTER_DEPLOY, ON);
        again();
        if (supports("statuses")) {
            statuses();
        }
        if (supports("getconsole")) {
            life.succeeds(Check.CONSOLE, "getconsole");
        }
        actions.make(life);
        if (supports("reboot") && life.succeeds(Check.REBOOT, "reboot")) {
            life.powerIs(Check.REBOOT, ON);
        }
    }

    private void again() {
        var before = outside.look(life);
        var step = life.ask(DEPLOY, life.payload(DEPLOY));
        if (!life.succeeded(Check.DEPLOY_AGAIN, step)) {
            return;
        }
        life.powerIs(Check.DEPLOY_AGAIN, ON);
        outside.added(
                Check.DEPLOY_AGAIN,
                "a second create must end in one VM, but made a second one: ",
                before,
                outside.look(life));
    }

    /** Where there is still one after a delete, the second creation may have made it. */
    private void gone() {
        findings.made(Check.GONE_AFTER_DELETE);
        var trace = absence.trace(life);
        if (trace == null) {
            return;
        }
        if (isTheSecond()) {
            findings.fail(
                    Check.DEPLOY_AGAIN,
                    "a second create must end in one VM, but made a second one: one delete was not enough, another was. "
                            + trace.message() + ", but " + trace.call().told(),
                    trace.call());
        } else {
            findings.fail(
                    Check.GONE_AFTER_DELETE,
                    trace.message() + ", but " + trace.call().told(),
                    trace.call());
        }
    }

    /** Whether a second delete makes an end of it, while one is enough for a VM that was created once. */
    private boolean isTheSecond() {
        life.ask(DELETE, life.payload(DELETE));
        if (findings.failed(Check.DEPLOY_AGAIN) || absence.trace(life) != null) {
            return false;
        }
        var once = others.get();
        prepared.prepare(once, Check.PREPARE);
        var created = once.ask(DEPLOY, once.payload(DEPLOY)).succeeded();
        once.ask(DELETE, once.payload(DELETE));
        return created && absence.trace(once) == null;
    }

    private void stopped() {
        if (life.succeeds(Check.STOP, "stop")) {
            life.powerIs(Check.OFF_AFTER_STOP, OFF);
            life.succeeds(Check.STOP_AGAIN, "stop");
        }
        if (supports("start")) {
            if (life.succeeds(Check.START, "start")) {
                life.powerIs(Check.START, ON);
                life.succeeds(Check.START_AGAIN, "start");
            }
            life.succeeds(Check.STOP, "stop");
        }
    }

    private void statuses() {
        var step = life.ask("statuses", life.payload("statuses"));
        if (!life.succeeded(Check.STATUSES, step)) {
            return;
        }
        var power = step.outcome() instanceof Outcome.Succeeded succeeded ? power(succeeded.body()) : "";
        if (!power.equalsIgnoreCase("poweron")) {
            findings.fail(
                    Check.STATUSES,
                    "power_state must have " + life.vm().name() + " as poweron, but "
                            + step.call().told(),
                    step.call());
        }
    }

    private String power(@org.jspecify.annotations.Nullable JsonNode body) {
        return body == null
                ? ""
                : body.path("power_state").path(life.vm().name()).asText();
    }

    private boolean supports(String verb) {
        return manifest.supports(verb) && wanted.test(verb);
    }
}
