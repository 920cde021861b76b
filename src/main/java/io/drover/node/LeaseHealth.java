package io.drover.node;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this node may start programs: it may while it can renew its lease, which is a row that it writes. */
@Component("nodeHealthIndicator")
class LeaseHealth implements HealthIndicator {
    private final NodeLease lease;

    LeaseHealth(NodeLease lease) {
        this.lease = lease;
    }

    @Override
    public Health health() {
        return lease.isHeld()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail(
                                "reason", "The lease of this node could not be renewed in the database; see the log")
                        .build();
    }
}
