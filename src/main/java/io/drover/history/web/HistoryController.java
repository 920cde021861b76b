package io.drover.history.web;

import static io.drover.page.Listing.anyOf;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.HistoryEntry;
import io.drover.history.HistoryQuery;
import io.drover.history.KnownVms;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/history")
@Tag(name = "History", description = "The append-only ledger")
class HistoryController {
    private final History history;
    private final KnownVms vms;

    HistoryController(History history, KnownVms vms) {
        this.history = history;
        this.vms = vms;
    }

    @GetMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(operationId = "listHistory", summary = "The ledger's entries that match, newest first")
    Page<HistoryEntry> list(
            @RequestParam(required = false) @Nullable Set<String> kind,
            @RequestParam(required = false) @Nullable Set<String> subjectType,
            @RequestParam(required = false) @Nullable Set<String> subject,
            @RequestParam(required = false) @Nullable Set<String> vm,
            @RequestParam(required = false) @Nullable Set<String> actor,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor caller) {
        var query = new HistoryQuery(
                anyOf(kind),
                anyOf(subjectType),
                anyOf(subject),
                vms.everKnown(anyOf(vm), caller),
                anyOf(actor),
                since,
                until);
        return history.find(query, PageRequest.of(limit, cursor));
    }
}
