package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.node.ThisNode;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Takes up the actions that an earlier life of this node left unfinished: programs go on, and their answers still count. */
@Component
class ActionResumption {
    private static final Logger LOG = LoggerFactory.getLogger(ActionResumption.class);

    private final ActionRepository actions;
    private final OperationRepository operations;
    private final ActionIntent intent;
    private final ActionDispatcher dispatcher;
    private final ExtensionRunner runner;
    private final ThisNode node;
    private final ApplicationContext context;

    ActionResumption(
            ActionRepository actions,
            OperationRepository operations,
            ActionIntent intent,
            ActionDispatcher dispatcher,
            ExtensionRunner runner,
            ThisNode node,
            ApplicationContext context) {
        this.actions = actions;
        this.operations = operations;
        this.intent = intent;
        this.dispatcher = dispatcher;
        this.runner = runner;
        this.node = node;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    void resumeAll() {
        var begun = Instant.ofEpochMilli(context.getStartupDate());
        for (var action : actions.unfinishedOn(node.name())) {
            if (action.requestedAt().isBefore(begun)) {
                try {
                    resume(action);
                } catch (RuntimeException e) {
                    LOG.error("Cannot take up action {} of operation {}", action.id(), action.operationId(), e);
                }
            }
        }
    }

    private void resume(Action action) {
        var operation = operations.find(action.operationId()).orElseThrow();
        Dispatch dispatch;
        try {
            dispatch = intent.again(action, operation);
        } catch (RuntimeException e) {
            LOG.error("Action {} ({}) cannot be taken up; its outcome is unknown", action.id(), action.verb(), e);
            dispatcher.lost(intent.withoutSecrets(action));
            return;
        }
        var startedAt = action.startedAt() == null ? action.requestedAt() : action.startedAt();
        var run = runner.resume(action.id(), startedAt, startedAt.plus(action.timeout()));
        if (run.isPresent()) {
            LOG.info("Action {} ({}) went on while the server was away", action.id(), action.verb());
            dispatcher.follow(dispatch, run.get());
        } else if (action.state() == ActionState.PENDING) {
            dispatcher.submit(dispatch);
        } else {
            LOG.warn("Action {} ({}) has left no trace; its outcome is unknown", action.id(), action.verb());
            dispatcher.lost(dispatch);
        }
    }
}
