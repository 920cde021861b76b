package io.drover.extension.web;

import io.drover.extension.action.CustomAction;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Puts together what is shown of custom actions. */
@Component
class CustomActionAnswers {
    private final Details details;

    CustomActionAnswers(Details details) {
        this.details = details;
    }

    Page<CustomActionAnswer> of(Page<CustomAction> page) {
        var ids = page.items().stream().map(CustomAction::id).toList();
        var all = details.masked(DetailOwner.CUSTOM_ACTION, ids);
        return page.map(action -> of(action, all.getOrDefault(action.id(), Map.of())));
    }

    CustomActionAnswer of(CustomAction action) {
        return of(action, details.masked(DetailOwner.CUSTOM_ACTION, action.id()));
    }

    private static CustomActionAnswer of(CustomAction action, Map<String, String> masked) {
        var definition = action.definition();
        return new CustomActionAnswer(
                action.id(),
                definition.name(),
                definition.description(),
                definition.resourceType(),
                definition.allowedRoleTypes().stream().sorted().toList(),
                definition.parameters(),
                definition.successMessage(),
                definition.errorMessage(),
                definition.timeoutSeconds(),
                definition.repeatable(),
                definition.enabled(),
                definition.secretFields(),
                action.fromManifest(),
                masked,
                action.createdAt());
    }
}
