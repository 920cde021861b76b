package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.page.Listing;
import io.drover.page.Listing.Condition;
import io.drover.page.Path.Step;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Narrows lists of VMs, and of what is about VMs, to those that somebody reaches ({@link Actor#reaches}). */
@Component
public class Reach {
    /** A tenant with more domains than this is looked for row by row. */
    private static final int MOST_DOMAINS = 20;

    private static final Condition ALL = Condition.of("1 = 1");
    private static final String BELOW = "%s = ? OR LEFT(%1$s, ?) = ?";

    private final JdbcClient jdbc;

    Reach(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Narrows the list by the columns that have a VM's owner and domain; the first step of an index of them. */
    public Optional<Step> narrow(Listing list, String ownerColumn, String domainColumn, Actor actor) {
        if (actor.role() == RoleType.USER || actor.role() == RoleType.WORKER) {
            list.filter(ownerColumn, List.of(actor.id()));
            return Optional.of(Step.of(ownerColumn, List.of(actor.id())));
        }
        if (!isOfDomain(actor)) {
            return Optional.empty();
        }
        var below = below(domainColumn, actor);
        var domains = jdbc.sql("SELECT DISTINCT domain FROM vm WHERE " + BELOW.formatted("domain"))
                .params(below.values())
                .query(String.class)
                .list();
        if (domains.size() > MOST_DOMAINS) {
            list.where(below);
            return Optional.empty();
        }
        var reached = domains.isEmpty() ? List.of(actor.domain()) : domains;
        list.filter(domainColumn, reached);
        return Optional.of(Step.of(domainColumn, reached));
    }

    /** That somebody reaches the VM whose owner and domain are in these columns; for lists that show other things besides. */
    public static Condition condition(String ownerColumn, String domainColumn, Actor actor) {
        return switch (actor.role()) {
            case ADMIN, RESOURCE_ADMIN -> ALL;
            case DOMAIN_ADMIN -> isOfDomain(actor) ? below(domainColumn, actor) : ALL;
            case USER -> Condition.of(ownerColumn + " = ?", actor.id());
            case WORKER -> Condition.of("1 = 0");
        };
    }

    private static Condition below(String column, Actor actor) {
        var prefix = actor.domain() + "/";
        return Condition.of("(" + BELOW.formatted(column) + ")", actor.domain(), prefix.length(), prefix);
    }

    private static boolean isOfDomain(Actor actor) {
        return actor.role() == RoleType.DOMAIN_ADMIN && !actor.domain().equals("/");
    }
}
