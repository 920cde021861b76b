package io.drover.access.web;

import io.drover.access.Account;
import io.drover.access.AccountUpdate;
import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.RoleType;
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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts", description = "Who may log in, and what they may do")
class AccountController {
    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "listAccounts", summary = "The accounts by name")
    Page<AccountResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return accounts.list(PageRequest.of(limit, cursor)).map(AccountResponse::of);
    }

    @PostMapping
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createAccount", summary = "Add an account; its domain is / unless said otherwise")
    ResponseEntity<AccountResponse> create(@Valid @RequestBody CreateAccountRequest request, Actor actor) {
        var domain = request.domain() == null ? "/" : request.domain();
        var topics = request.topics() == null ? List.<String>of() : request.topics();
        var account = accounts.create(request.name(), request.role(), domain, topics, request.password(), actor);
        return ResponseEntity.created(URI.create("/api/v1/accounts/" + account.id()))
                .body(AccountResponse.of(account));
    }

    @GetMapping("/{ref}")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(operationId = "getAccount", summary = "One account, by name or id")
    AccountResponse get(@PathVariable String ref) {
        return AccountResponse.of(accounts.get(ref));
    }

    @PatchMapping("/{ref}")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(
            operationId = "updateAccount",
            summary = "Change an account's role, domain or topics, disable or enable it")
    AccountResponse update(@PathVariable String ref, @Valid @RequestBody UpdateAccountRequest request, Actor actor) {
        var update = new AccountUpdate(request.role(), request.domain(), request.enabled(), request.topics());
        return AccountResponse.of(accounts.update(ref, update, actor));
    }

    @PutMapping("/{ref}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(never = Kind.CONFLICT)
    @Operation(
            operationId = "changePassword",
            summary = "Set a password: one's own with the current one, anybody else's as an Admin")
    void changePassword(@PathVariable String ref, @Valid @RequestBody ChangePasswordRequest request, Actor actor) {
        accounts.changePassword(ref, request.password(), request.currentPassword(), actor);
    }

    record CreateAccountRequest(
            @NotNull String name,
            @NotNull RoleType role,
            @Nullable String domain,
            @Nullable List<@NotNull String> topics,
            @NotNull String password) {}

    record UpdateAccountRequest(
            @Nullable RoleType role,
            @Nullable String domain,
            @Nullable Boolean enabled,
            @Nullable List<@NotNull String> topics) {}

    record ChangePasswordRequest(
            @NotNull String password, @Nullable String currentPassword) {}

    record AccountResponse(
            UUID id,
            String name,
            RoleType role,
            String domain,
            @Nullable List<String> topics,
            boolean enabled,
            boolean passwordInitial,
            Instant createdAt) {
        static AccountResponse of(Account account) {
            return new AccountResponse(
                    account.id(),
                    account.name(),
                    account.role(),
                    account.domain(),
                    account.role() == RoleType.WORKER ? account.topics() : null,
                    account.enabled(),
                    account.passwordInitial(),
                    account.createdAt());
        }
    }
}
