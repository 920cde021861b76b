package io.drover.operation;

import io.drover.extension.wire.Outcome.Trouble;
import io.drover.inventory.Creation;
import io.drover.inventory.InternalNames;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.life.Verb;
import io.drover.operation.PowerAnswer.Seen;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what a task may really ask of the extension, so that no creation whose outcome is unknown is repeated blindly and
 * nothing outside is stopped or deleted that was not made for this VM. What was never created is neither stopped nor deleted.
 * What may have been created is looked at first, and is deleted only when it is this VM for sure: its name is the
 * installation's own, or the extension tells the VM's id. What is due is read from the records alone, so it survives whatever
 * happens in between.
 */
@Component
class CreateRepair {
    /** After these the program certainly did nothing. */
    static final Set<String> WITHOUT_EFFECT = Set.of("not-started", "not-run", "not-executable", Trouble.TRY_AGAIN);

    /** The code when what bears the VM's name may be somebody else's. */
    static final String FOREIGN = "foreign-vm";

    private static final String STATUS = Verb.STATUS.word();
    private static final String DELETE = Verb.DELETE.word();

    private static final Due GONE = new Due.Nothing("Not asked: nothing of the VM's name is there");

    private final ActionHistory history;
    private final PowerAnswer answers;

    CreateRepair(ActionHistory history, PowerAnswer answers) {
        this.history = history;
        this.answers = answers;
    }

    /** What is due now so that the task gets what it wants. */
    sealed interface Due {

        /**
         * Something is to be asked of the extension.
         *
         * @param host where; null for the VM's own
         */
        record Ask(
                String verb,
                ActionPurpose purpose,
                @Nullable UUID host) implements Due {}

        /** Nothing: what the task wants is so already. */
        record Nothing(String why) implements Due {}

        /** It must not be asked. */
        record Forbidden(String code, String why) implements Due {}
    }

    Due due(TaskRequest task, Vm vm) {
        var asIs = new Due.Ask(task.verb(), ActionPurpose.TASK, null);
        return switch (Verb.of(task.verb())) {
            case PREPARE -> vm.deployed() ? asIs : creating(task, vm);
            case DEPLOY -> trail(vm.id()).isPreparationGone(task.operationId()) ? gone(vm) : creating(task, vm);
            case STOP, DELETE -> removing(task, vm);
            case START, REBOOT ->
                vm.deployed()
                        ? asIs
                        : new Due.Forbidden("vm-not-deployed", "VM '" + vm.name() + "' has never been created");
            default -> asIs;
        };
    }

    /** The clean-up after a creation that failed has given back what the creation needs. */
    private static Due gone(Vm vm) {
        return new Due.Forbidden(
                "preparation-gone",
                "VM '" + vm.name()
                        + "' is not created again, since what was prepared for it was deleted after the last try."
                        + " Deploy it anew, so that it is prepared again");
    }

    private Due creating(TaskRequest task, Vm vm) {
        var create = new Due.Ask(task.verb(), ActionPurpose.TASK, null);
        return switch (vm.creation()) {
            case Never -> create;
            case Created -> new Due.Forbidden("vm-deployed", "VM '" + vm.name() + "' has been created already");
            case Leftovers ->
                trail(vm.id()).isPrepared(task.operationId())
                        ? create
                        : new Due.Ask(DELETE, ActionPurpose.CLEANUP, place(vm));
            case Unclear -> looked(task, vm, new Due.Ask(DELETE, ActionPurpose.CLEANUP, place(vm)), create);
        };
    }

    private Due removing(TaskRequest task, Vm vm) {
        var there = new Due.Ask(task.verb(), ActionPurpose.TASK, place(vm));
        return switch (vm.creation()) {
            case Never -> new Due.Nothing("Not asked: the VM was never created");
            case Created -> new Due.Ask(task.verb(), ActionPurpose.TASK, null);
            case Leftovers -> afterRefusal(task, vm, there);
            case Unclear ->
                InternalNames.isOwn(vm.internalName())
                        ? afterRefusal(task, vm, there)
                        : looked(task, vm, there, trail(vm.id()).isLeftByPreparation() ? there : GONE);
        };
    }

    /**
     * A deletion may have been refused because there is nothing, as a failed creation may leave it: a look decides. It does not
     * see what a preparation has left.
     */
    private Due afterRefusal(TaskRequest task, Vm vm, Due there) {
        var trail = trail(vm.id());
        if (!task.verb().equals(DELETE)
                || !trail.wasRefusedToDelete(task.operationId())
                || trail.isLeftByPreparation()) {
            return there;
        }
        var seen =
                trail.check(task.operationId()).filter(CreateRepair::answered).map(answers::seen);
        return seen.isPresent() && !isThere(seen.get()) ? GONE : looked(task, vm, there, GONE);
    }

    /** Whether the task of a deletion that was refused is to look before it fails. */
    boolean isWorthALook(Action action) {
        var trail = trail(action.vmId());
        return action.verb().equals(DELETE)
                && trail.hasFailedCreation()
                && !trail.isLeftByPreparation()
                && trail.check(action.operationId()).isEmpty();
    }

    /** What is due when it is there and the VM's own, or when there is nothing; a look comes first. */
    private Due looked(TaskRequest task, Vm vm, Due ifOwn, Due ifGone) {
        var check = trail(vm.id()).check(task.operationId());
        if (check.isEmpty()) {
            return new Due.Ask(STATUS, ActionPurpose.CHECK, place(vm));
        }
        if (!answered(check.get())) {
            return InternalNames.isOwn(vm.internalName())
                    ? ifOwn
                    : new Due.Forbidden(
                            FOREIGN,
                            "Whether there is a VM named " + vm.internalName() + " on the host is not known, since the"
                                    + " extension refused to say. Mend that, or delete this VM with force");
        }
        var seen = answers.seen(check.get());
        if (seen.tells(vm.id()) || seen.uuid() == null && InternalNames.isOwn(vm.internalName())) {
            return ifOwn;
        }
        return isThere(seen) ? new Due.Forbidden(FOREIGN, foreign(vm, seen)) : ifGone;
    }

    /** Only a look that succeeded says that there is nothing. */
    private static boolean answered(Action check) {
        return check.state() == ActionState.SUCCEEDED;
    }

    private static boolean isThere(Seen seen) {
        return seen.uuid() != null || seen.power() != PowerState.PowerUnknown;
    }

    private static String foreign(Vm vm, Seen seen) {
        return "There is a VM named " + vm.internalName() + " on the host, "
                + (seen.uuid() == null
                        ? "and nothing shows that it was made for this VM"
                        : "which was made for another one, with the id " + seen.uuid())
                + ". It was left alone: see to it there, or delete this VM with force";
    }

    private @Nullable UUID place(Vm vm) {
        return trail(vm.id()).place();
    }

    private CreationTrail trail(UUID vm) {
        return new CreationTrail(history.creationsOf(vm));
    }

    /** Whether what a clean-up was refused for may be there: unless a look of the same operation has seen nothing. */
    boolean sawVm(Action cleanup) {
        return trail(cleanup.vmId())
                .checkBefore(cleanup)
                .map(check -> !answered(check) || isThere(answers.seen(check)))
                .orElse(true);
    }

    /** What is known of a VM's creation once the action has ended. */
    Creation after(Action action, ActionState state, Creation before, Effect effect, boolean leftovers) {
        if (CreationTrail.isCreation(action)) {
            return switch (effect) {
                case DONE -> Creation.Created;
                case NONE -> leftovers ? Creation.Leftovers : before;
                case UNKNOWN -> leftovers ? Creation.Leftovers : Creation.Unclear;
            };
        }
        if (CreationTrail.isPreparation(action)) {
            return leftovers && before == Creation.Never ? Creation.Leftovers : before;
        }
        if (!action.verb().equals(DELETE)) {
            return before;
        }
        boolean nothingThere =
                action.purpose() == ActionPurpose.CLEANUP && state == ActionState.REFUSED && !sawVm(action);
        return effect == Effect.DONE || nothingThere ? Creation.Never : before;
    }

    /** What a program has done. */
    enum Effect {
        DONE,
        NONE,
        UNKNOWN
    }
}
