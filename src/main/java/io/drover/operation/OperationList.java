package io.drover.operation;

import io.drover.access.Actor;
import io.drover.inventory.Reach;
import io.drover.page.Listing;
import io.drover.page.Order;
import io.drover.page.Page;
import io.drover.page.PageReader;
import io.drover.page.PageRequest;
import io.drover.page.Path.Step;
import java.util.Arrays;
import java.util.Set;
import org.springframework.stereotype.Repository;

/** The lists of operations and of actions, newest first. */
@Repository
class OperationList {
    private static final Order OPERATIONS = Order.ofIds("operation", "requested_at");
    private static final Order ACTIONS = Order.ofIds("action", "requested_at");

    private static final String OWNER = "vm_owner_id";
    private static final String DOMAIN = "vm_domain";

    private final PageReader pages;
    private final Reach reach;

    OperationList(PageReader pages, Reach reach) {
        this.pages = pages;
        this.reach = reach;
    }

    Page<Operation> operations(OperationQuery query, PageRequest page, Actor actor) {
        var list = new Listing(OPERATIONS)
                .filter("vm_id", query.vms())
                .filter("process_instance_id", query.processInstances())
                .filter("business_key", query.businessKeys())
                .filter("verb", query.verbs())
                .filter("state", query.states())
                .filter("actor_name", query.requesters())
                .within(query.since(), query.until());
        var narrow = along(list, "vm_id", query.vms())
                || along(list, "process_instance_id", query.processInstances())
                || along(list, "business_key", query.businessKeys());
        reach.narrow(list, OWNER, DOMAIN, actor)
                .ifPresent(tenant -> list.along(tenant, states(query.states(), OperationState.values())));
        if (!narrow) {
            wide(list, query.verbs(), query.states(), query.requesters(), OperationState.values());
        }
        return pages.read(
                list, page, OperationRepository::toOperation, row -> Order.position(row.requestedAt(), row.id()));
    }

    Page<Action> actions(ActionQuery query, PageRequest page, Actor actor) {
        var list = new Listing(ACTIONS)
                .filter("vm_id", query.vms())
                .filter("operation_id", query.operations())
                .filter("verb", query.verbs())
                .filter("state", query.states())
                .filter("actor_name", query.requesters())
                .within(query.since(), query.until());
        var narrow = along(list, "operation_id", query.operations()) || along(list, "vm_id", query.vms());
        reach.narrow(list, OWNER, DOMAIN, actor)
                .ifPresent(tenant -> list.along(tenant, states(query.states(), ActionState.values())));
        if (!narrow) {
            wide(list, query.verbs(), query.states(), query.requesters(), ActionState.values());
        }
        return pages.read(list, page, ActionRows::toAction, row -> Order.position(row.requestedAt(), row.id()));
    }

    private static boolean along(Listing list, String column, Set<?> values) {
        list.along(Step.of(column, values));
        return !values.isEmpty();
    }

    /** Ways to what there may be a lot of. */
    private static <S extends Enum<S>> void wide(
            Listing list, Set<String> verbs, Set<S> states, Set<String> requesters, S[] all) {
        list.along(Step.of("verb", verbs), states(states, all)).along(Step.of("actor_name", requesters));
        if (verbs.isEmpty()) {
            list.along(Step.of("state", states));
        }
    }

    /** In the indexes of verbs and of tenants the state stands before the time. */
    private static <S extends Enum<S>> Step states(Set<S> asked, S[] all) {
        return Step.of("state", asked.isEmpty() ? Arrays.asList(all) : asked);
    }
}
