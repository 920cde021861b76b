package io.drover.operation.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Actor;
import io.drover.operation.Action;
import io.drover.page.Page;
import io.drover.text.Cut;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts actions into the form that clients see. */
@Component
class ActionViews {
    private static final int BRIEF = 2000;
    private static final String MORE = "the action, read by itself, has more";

    private final JsonTexts json;
    private final HiddenDetails hidden;

    ActionViews(JsonTexts json, HiddenDetails hidden) {
        this.json = json;
        this.hidden = hidden;
    }

    Page<ActionView> brief(Page<Action> page, Actor actor) {
        var shown = hidden.from(actor);
        return page.map(action -> view(shown.without(action), BRIEF, actor));
    }

    ActionView whole(Action action, Actor actor) {
        return view(hidden.from(actor).without(action), Integer.MAX_VALUE, actor);
    }

    private ActionView view(Action action, int longest, Actor actor) {
        boolean all = actor.role().runsInventory();
        return new ActionView(
                action.id(),
                action.verb(),
                action.wireVerb(),
                action.purpose(),
                action.state(),
                action.operationId(),
                action.vmId(),
                action.vmName(),
                action.hostId(),
                action.extensionName(),
                all ? action.program() : fileName(action.program()),
                action.digest(),
                action.requestedBy(),
                action.node(),
                action.attempt(),
                action.activityName(),
                action.timeout().toSeconds(),
                action.requestedAt(),
                action.startedAt(),
                action.endedAt(),
                duration(action),
                action.exitCode(),
                action.error(),
                all ? json.tree(action.payload()) : ofVm(json.tree(action.payload())),
                json.tree(action.answer()),
                json.tree(action.result()),
                cut(action.output(), longest),
                cut(action.errorOutput(), longest),
                action.outputBytes(),
                action.errorOutputBytes(),
                action.notes(),
                action.textsRemovedAt());
    }

    /** The payload without what belongs to hosts and extensions, which only administrators may see. */
    private static @Nullable JsonNode ofVm(@Nullable JsonNode payload) {
        if (payload != null && payload.path("externaldetails") instanceof ObjectNode levels) {
            levels.retain("virtualmachine");
        }
        return payload;
    }

    private static String fileName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private static @Nullable Long duration(Action action) {
        return action.startedAt() == null || action.endedAt() == null
                ? null
                : Duration.between(action.startedAt(), action.endedAt()).toMillis();
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null ? null : Cut.to(longest, text, MORE);
    }
}
