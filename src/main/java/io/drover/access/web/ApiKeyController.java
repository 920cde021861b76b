package io.drover.access.web;

import io.drover.access.Actor;
import io.drover.access.ApiKey;
import io.drover.access.ApiKeys;
import io.drover.access.NewApiKey;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "API keys", description = "What programs log in with, in the header X-API-Key")
class ApiKeyController {
    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    @GetMapping
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(operationId = "listApiKeys", summary = "One's own API keys; an Admin may name another account")
    Page<ApiKey> list(
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        return keys.list(account, PageRequest.of(limit, cursor), actor);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses(also = Kind.NOT_FOUND, never = Kind.CONFLICT)
    @Operation(operationId = "createApiKey", summary = "Make an API key; only this answer ever has the key itself")
    ResponseEntity<NewApiKeyResponse> create(@Valid @RequestBody CreateApiKeyRequest request, Actor actor) {
        var made = keys.create(request.account(), request.label(), request.expiresAt(), actor);
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + made.key().id()))
                .cacheControl(CacheControl.noStore())
                .body(NewApiKeyResponse.of(made));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "deleteApiKey", summary = "Revoke an API key; it ceases to work at once")
    void revoke(@PathVariable UUID id, Actor actor) {
        keys.revoke(id, actor);
    }

    record CreateApiKeyRequest(
            @NotNull String label,
            @Nullable String account,
            @Nullable Instant expiresAt) {}

    record NewApiKeyResponse(
            UUID id,
            String account,
            String label,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String key) {
        static NewApiKeyResponse of(NewApiKey made) {
            var key = made.key();
            return new NewApiKeyResponse(
                    key.id(), key.account(), key.label(), key.createdAt(), key.expiresAt(), made.text());
        }
    }
}
