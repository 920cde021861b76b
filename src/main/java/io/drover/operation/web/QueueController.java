package io.drover.operation.web;

import io.drover.operation.Backlog;
import io.drover.operation.NodeQueue;
import io.drover.page.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/queue")
@PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
@Tag(name = "Queue", description = "Actions that wait for a place to run in, and why")
class QueueController {
    private final Backlog backlog;

    QueueController(Backlog backlog) {
        this.backlog = backlog;
    }

    @GetMapping
    @Operation(operationId = "getQueue", summary = "What waits and what runs, node by node, all on one page")
    Page<NodeQueue> get() {
        return new Page<>(backlog.nodes(), null);
    }
}
