package io.drover.task;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Who may see a task and who may answer it, at whatever door. */
final class Rights {
    private Rights() {}

    /** Whether the actor is told that there is such a task. */
    static boolean sees(Actor actor, PersonTask task) {
        return actor.reaches(task.vmOwner(), task.vmDomain()) || isNamed(actor, task) || isHis(actor, task);
    }

    static boolean mayAnswer(Actor actor, PersonTask task) {
        return !isAskers(actor, task)
                && (actor.role() == RoleType.ADMIN
                        || isHis(actor, task)
                        || isNamed(actor, task)
                        || task.named().contains(Named.ofReach(actor))
                                && actor.reaches(task.vmOwner(), task.vmDomain()));
    }

    /** @throws ProblemException with a sentence that says who may answer it */
    static void checkAnswers(Actor actor, PersonTask task) {
        checkFourEyes(actor, task);
        if (!mayAnswer(actor, task)) {
            throw ProblemException.forbidden("You may not answer the task '" + task.name() + "'; " + who(task));
        }
    }

    /** @throws ProblemException when four eyes are asked for and these are two of them */
    static void checkFourEyes(Actor actor, PersonTask task) {
        if (isAskers(actor, task)) {
            throw fourEyes(task, actor.name());
        }
    }

    /** That an account is the one that has asked for the operation. */
    static ProblemException fourEyes(PersonTask task, String account) {
        return ProblemException.forbidden("The task '" + task.name() + "' needs four eyes, and " + account
                + " has asked for the operation; " + who(task));
    }

    private static boolean isAskers(Actor actor, PersonTask task) {
        return task.fourEyes() && actor.id().equals(task.requester());
    }

    private static boolean isHis(Actor actor, PersonTask task) {
        return actor.name().equals(task.assignee());
    }

    private static boolean isNamed(Actor actor, PersonTask task) {
        return actor.role() != RoleType.WORKER && Named.ofAnyVm(actor).stream().anyMatch(task.named()::contains);
    }

    private static String who(PersonTask task) {
        List<String> who = new ArrayList<>();
        Named.roles(task.named()).stream()
                .filter(role -> !role.equals(RoleType.ADMIN.wireName()))
                .forEach(role -> who.add("the role " + role + " for VMs that it reaches"));
        Named.accounts(task.named()).forEach(name -> who.add("the account " + name));
        Named.domains(task.named()).forEach(domain -> who.add("accounts of the domain " + domain));
        who.add("an Admin");
        return "it can be answered by " + String.join(", or ", who)
                + (task.fourEyes() ? ", but not by " + task.requestedBy() : "");
    }
}
