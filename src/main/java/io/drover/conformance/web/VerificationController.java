package io.drover.conformance.web;

import io.drover.access.Actor;
import io.drover.conformance.Thoroughness;
import io.drover.conformance.Verification;
import io.drover.conformance.Verifications;
import io.drover.extension.manifest.Level;
import io.drover.page.Page;
import io.drover.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/extensions/{ref}")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Extensions")
class VerificationController {
    private final Verifications verifications;

    VerificationController(Verifications verifications) {
        this.verifications = verifications;
    }

    @PostMapping("/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "verifyExtension",
            summary = "Runs the conformance kit; level full makes VMs in the system behind and deletes them")
    ResponseEntity<Verification> verify(
            @PathVariable String ref, @RequestBody(required = false) @Nullable VerifyRequest request, Actor actor) {
        var wanted = request == null ? new VerifyRequest(null, null) : request;
        var begun = verifications.begin(ref, wanted.thoroughness(), wanted.byLevel(), actor);
        var place = "/api/v1/extensions/" + begun.extensionId() + "/verifications/" + begun.id();
        return ResponseEntity.accepted().location(URI.create(place)).body(begun);
    }

    @GetMapping("/verifications")
    @Operation(operationId = "listVerifications", summary = "The newest verifications of an extension, newest first")
    Page<Verification> list(@PathVariable String ref) {
        return verifications.list(ref);
    }

    @GetMapping("/verifications/{id}")
    @Operation(operationId = "getVerification", summary = "One verification, with its report once it has ended")
    Verification get(@PathVariable String ref, @PathVariable String id) {
        return verifications.get(ref, id);
    }

    record VerifyRequest(
            @Schema(
                    description = "How much is asked; protocol if absent",
                    allowableValues = {"static", "protocol", "full"})
            @Nullable
            String level,

            @Schema(description = "Details by level, e.g. host; what the manifest has under conformance if absent")
            @Nullable
            Map<String, Map<String, String>> details) {

        Thoroughness thoroughness() {
            try {
                return level == null ? Thoroughness.PROTOCOL : Thoroughness.named(level);
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid("/level", "must be static, protocol or full", level);
            }
        }

        @Nullable
        Map<Level, Map<String, String>> byLevel() {
            if (details == null) {
                return null;
            }
            Map<Level, Map<String, String>> levels = new EnumMap<>(Level.class);
            details.forEach((name, values) -> levels.put(level(name), values));
            return levels;
        }

        private static Level level(String name) {
            return Arrays.stream(Level.values())
                    .filter(known -> known.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalid(
                            "/details/" + name,
                            "is not a level; the levels are " + Arrays.toString(Level.values()),
                            name));
        }
    }
}
