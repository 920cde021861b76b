package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.wire.Outcome;
import java.util.Set;
import java.util.function.Predicate;

/** The whole life of one VM, every verb twice where that must do no harm. */
final class LifecycleChecks {
    private static final Set<String> ON = Set.of("poweron");
    private static final Set<String> OFF = Set.of("poweroff");

    private final ExtensionManifest manifest;
    private final Predicate<String> wanted;
    private final Findings findings;
    private final ActionChecks actions;
    private final Scenario life;
    private final Prepared prepared;

    /** @param wanted whether a verb is to be asked that can be left out */
    LifecycleChecks(
            ExtensionManifest manifest,
            Predicate<String> wanted,
            Findings findings,
            ActionChecks actions,
            Scenario life,
            Prepared prepared) {
        this.manifest = manifest;
        this.wanted = wanted;
        this.findings = findings;
        this.actions = actions;
        this.life = life;
        this.prepared = prepared;
    }

    void make() {
        try {
            if (supports("prepare")) {
                prepared.prepare(life, Check.PREPARE);
            }
            if (life.succeeds(Check.DEPLOY, "deploy")) {
                running();
                stopped();
            }
        } finally {
            life.isDeleted(Check.DELETE);
        }
        life.isNotOn(Check.GONE_AFTER_DELETE);
        life.succeeds(Check.DELETE_AGAIN, "delete");
    }

    private void running() {
        life.powerIs(Check.ON_AFTER_DEPLOY, ON);
        if (life.succeeds(Check.DEPLOY_AGAIN, "deploy")) {
            life.powerIs(Check.DEPLOY_AGAIN, ON);
        }
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
