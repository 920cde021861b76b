package io.drover.access.web;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Accounts")
class MeController {

    @GetMapping("/api/v1/me")
    @Operation(operationId = "getMe", summary = "Who is logged in")
    MeResponse me(Actor actor) {
        return new MeResponse(actor.id(), actor.name(), actor.role(), actor.domain());
    }

    record MeResponse(UUID id, String name, RoleType role, String domain) {}
}
