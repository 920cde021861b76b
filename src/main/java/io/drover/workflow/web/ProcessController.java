package io.drover.workflow.web;

import io.drover.access.Actor;
import io.drover.page.Page;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.drover.workflow.Processes;
import io.drover.workflow.Processes.Load;
import io.drover.workflow.Processes.Process;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/processes")
@Tag(name = "Processes", description = "The BPMN diagrams that operations run through")
class ProcessController {
    private final Processes processes;

    ProcessController(Processes processes) {
        this.processes = processes;
    }

    @GetMapping
    @Operation(operationId = "listProcesses", summary = "The newest version of every process")
    Page<Process> list() {
        return new Page<>(processes.list(), null);
    }

    @GetMapping(path = "/{key}/diagram", produces = MediaType.APPLICATION_XML_VALUE)
    @Operation(operationId = "getDiagram", summary = "The newest diagram of a process as BPMN 2.0 XML")
    byte[] diagram(@PathVariable String key) {
        return processes.diagram(key);
    }

    @PutMapping(
            path = "/{key}/diagram",
            consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    @PreAuthorize("hasRole('ADMIN')")
    @Refuses(never = {Kind.NOT_FOUND, Kind.CONFLICT})
    @Operation(operationId = "putDiagram", summary = "Load a diagram; operations begun from now on run through it")
    Process load(@PathVariable String key, @RequestBody byte[] xml, Actor actor) {
        return processes.load(key, xml, actor);
    }

    @PostMapping("/reload")
    @PreAuthorize("hasRole('ADMIN')")
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "reloadProcesses", summary = "Read the diagram files again and load those that changed")
    Page<Load> reload(Actor actor) {
        return new Page<>(processes.reload(actor), null);
    }
}
