package io.drover.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a creation leaves alone what somebody else has made under the same name. */
final class ForeignChecks {
    private static final String DEPLOY = "deploy";

    private final Supplier<Scenario> scenarios;
    private final Prepared prepared;
    private final Findings findings;

    /** @param scenarios makes one for a new VM */
    ForeignChecks(Supplier<Scenario> scenarios, Prepared prepared, Findings findings) {
        this.scenarios = scenarios;
        this.prepared = prepared;
        this.findings = findings;
    }

    void make() {
        var first = scenarios.get();
        try {
            prepared.prepare(first, Check.FOREIGN);
            if (first.succeeds(Check.FOREIGN, DEPLOY)) {
                neighbour(first);
                namesake(first);
            }
        } finally {
            first.isDeleted(Check.FOREIGN);
        }
    }

    private void namesake(Scenario first) {
        var other = scenarios.get();
        prepared.prepare(other, Check.FOREIGN);
        var step = other.ask(DEPLOY, named(other.payload(DEPLOY), first.vm()));
        first.powerIs(Check.FOREIGN, Set.of("poweron"));
        if (step.succeeded()) {
            other.ask("delete", named(other.payload("delete"), first.vm()));
        }
    }

    private void neighbour(Scenario first) {
        var other = scenarios.get();
        prepared.prepare(other, Check.NEIGHBOUR);
        var step = other.ask(DEPLOY, other.payload(DEPLOY));
        if (step.succeeded()) {
            other.ask("stop", other.payload("stop"));
        }
        other.ask("delete", other.payload("delete"));
        if (step.succeeded()) {
            first.powerIs(Check.NEIGHBOUR, Set.of("poweron"));
        } else {
            findings.skip(
                    Check.NEIGHBOUR,
                    "there was no second VM beside the first: " + step.call().told());
        }
    }

    private static ObjectNode named(ObjectNode payload, TestVm namesake) {
        payload.put("virtualmachinename", namesake.name());
        if (payload.path("cloudstack.vm.details") instanceof ObjectNode details) {
            details.put("name", namesake.name()).put("id", namesake.number());
        }
        return payload;
    }
}
