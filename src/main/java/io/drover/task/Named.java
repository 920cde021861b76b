package io.drover.task;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the answerers that a diagram names are written down: {@code account:NAME}, {@code assignee:NAME}, {@code role:TYPE},
 * {@code domain:PATH}.
 */
public final class Named {
    static final String ACCOUNT = "account:";
    static final String ASSIGNEE = "assignee:";
    static final String ROLE = "role:";
    static final String DOMAIN = "domain:";

    /** What names nobody, since it is neither a role type nor a domain. */
    private static final String UNKNOWN = "group:";

    private Named() {}

    /** An account, by a diagram's candidate users. */
    public static String account(String name) {
        return ACCOUNT + name;
    }

    /** An account that the diagram gives the task to from the start; it can give it away and take it back. */
    public static String assignee(String name) {
        return ASSIGNEE + name;
    }

    static boolean isAssignee(String who) {
        return who.startsWith(ASSIGNEE);
    }

    /** One of a diagram's candidate groups: the name of a role type, or {@code domain:} and a path. */
    public static String group(String group) {
        if (group.startsWith(DOMAIN)) {
            return group;
        }
        boolean role = Arrays.stream(RoleType.values())
                .anyMatch(type -> type.asksOfVms() && type.wireName().equals(group));
        return (role ? ROLE : UNKNOWN) + group;
    }

    /** What names the actor whatever the VM is: its account, its domain and those around it. */
    static List<String> ofAnyVm(Actor actor) {
        List<String> all = new ArrayList<>(List.of(account(actor.name()), assignee(actor.name()), DOMAIN + "/"));
        for (int at = actor.domain().indexOf('/', 1);
                at > 0;
                at = actor.domain().indexOf('/', at + 1)) {
            all.add(DOMAIN + actor.domain().substring(0, at));
        }
        if (actor.domain().length() > 1) {
            all.add(DOMAIN + actor.domain());
        }
        return all;
    }

    /** What names the actor where it reaches the VM: its role type. */
    static String ofReach(Actor actor) {
        return ROLE + actor.role().wireName();
    }

    static List<String> accounts(Set<String> named) {
        return Stream.concat(of(named, ACCOUNT).stream(), of(named, ASSIGNEE).stream())
                .distinct()
                .toList();
    }

    static List<String> roles(Set<String> named) {
        return of(named, ROLE);
    }

    static List<String> domains(Set<String> named) {
        return of(named, DOMAIN);
    }

    private static List<String> of(Set<String> named, String kind) {
        return named.stream()
                .filter(who -> who.startsWith(kind))
                .map(who -> who.substring(kind.length()))
                .sorted()
                .toList();
    }
}
