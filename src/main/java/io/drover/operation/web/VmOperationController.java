package io.drover.operation.web;

import io.drover.access.Actor;
import io.drover.inventory.NewVm;
import io.drover.operation.Operation;
import io.drover.operation.Operations;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vms")
@Tag(
        name = "VM operations",
        description = "What can be asked of a VM; each request answers with the operation it began")
class VmOperationController {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Operations operations;
    private final OperationViews views;
    private final RequestDigests digests;

    VmOperationController(Operations operations, OperationViews views, RequestDigests digests) {
        this.operations = operations;
        this.views = views;
        this.digests = digests;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(operationId = "deployVm", summary = "Deploy a new VM")
    ResponseEntity<OperationView> deploy(
            @RequestBody NewVm vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return accepted(operations.deploy(vm, actor, digests.key(key, "deploy", "", vm)));
    }

    @PostMapping("/{vm}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(operationId = "startVm", summary = "Start a stopped VM")
    ResponseEntity<OperationView> start(
            @PathVariable String vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return begin("start", vm, key, actor);
    }

    @PostMapping("/{vm}/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(operationId = "stopVm", summary = "Stop a running VM")
    ResponseEntity<OperationView> stop(
            @PathVariable String vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return begin("stop", vm, key, actor);
    }

    @PostMapping("/{vm}/reboot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(operationId = "rebootVm", summary = "Reboot a running VM")
    ResponseEntity<OperationView> reboot(
            @PathVariable String vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return begin("reboot", vm, key, actor);
    }

    @PostMapping("/{vm}/status")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(operationId = "readVmStatus", summary = "Ask for the VM's power state")
    ResponseEntity<OperationView> status(
            @PathVariable String vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return begin("status", vm, key, actor);
    }

    @PostMapping("/{vm}/deploy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "redeployVm",
            summary = "Deploy a VM again whose deployment failed")
    ResponseEntity<OperationView> redeploy(
            @PathVariable String vm,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return begin("deploy", vm, key, actor);
    }

    @DeleteMapping("/{vm}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "deleteVm",
            summary = "Stop a VM and expunge it; with force, for Admins, whatever its extension says")
    ResponseEntity<OperationView> delete(
            @PathVariable String vm,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            Actor actor) {
        return force
                ? accepted(operations.forceDelete(vm, actor, digests.key(key, "delete", vm, "force")))
                : begin("delete", vm, key, actor);
    }

    private ResponseEntity<OperationView> begin(String verb, String vm, @Nullable String key, Actor actor) {
        return accepted(operations.request(verb, vm, actor, digests.key(key, verb, vm, "")));
    }

    private ResponseEntity<OperationView> accepted(Operation operation) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation.id()))
                .body(views.whole(operation));
    }
}
