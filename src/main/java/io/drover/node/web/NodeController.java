package io.drover.node.web;

import io.drover.access.Actor;
import io.drover.node.Node;
import io.drover.node.Nodes;
import io.drover.page.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/nodes")
@Tag(name = "Nodes", description = "The servers that share the database")
class NodeController {
    private final Nodes nodes;

    NodeController(Nodes nodes) {
        this.nodes = nodes;
    }

    @GetMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "listNodes", summary = "All nodes there are or were, by name")
    Page<Node> list() {
        return new Page<>(nodes.list(), null);
    }

    @PostMapping("/{name}/gone")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(
            operationId = "declareNodeGone",
            summary = "Say that a silent node is gone with everything it ran, so that others take over its work")
    Node gone(@PathVariable String name, Actor actor) {
        return nodes.declareGone(name, actor);
    }
}
