package io.drover.extension.web;

import io.drover.access.Actor;
import io.drover.extension.Canaries;
import io.drover.extension.ExtensionVersion;
import io.drover.extension.Extensions;
import io.drover.extension.Intake;
import io.drover.extension.PackageGate.Level;
import io.drover.extension.Versions;
import io.drover.page.Page;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/extensions")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "Extensions")
class VersionController {
    private static final String ZIP = "application/zip";
    private static final String GZIP = "application/gzip";
    private static final String TAR = "application/x-tar";

    private final Versions versions;
    private final Extensions extensions;
    private final ExtensionAnswers answers;
    private final Canaries canaries;

    VersionController(Versions versions, Extensions extensions, ExtensionAnswers answers, Canaries canaries) {
        this.versions = versions;
        this.extensions = extensions;
        this.answers = answers;
        this.canaries = canaries;
    }

    @PostMapping(
            path = "/packages",
            consumes = {ZIP, GZIP, TAR, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "uploadExtension",
            summary =
                    "Takes a zip or tar archive as the version that its extension runs from now on, on every node, or only stores it",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")),
                                @Content(mediaType = GZIP, schema = @Schema(type = "string", format = "binary")),
                                @Content(mediaType = TAR, schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    ExtensionAnswer upload(
            @RequestParam(required = false) @Nullable String name,
            @Parameter(
                            description =
                                    "The executable's path in an archive without a manifest; NAME.sh unless said otherwise")
                    @RequestParam(required = false)
                    @Nullable
                    String entry,
            @RequestParam(defaultValue = "PROTOCOL") Level verify,
            @Parameter(description = "Whether the extension runs the version from now on; false only stores it")
                    @RequestParam(defaultValue = "true")
                    boolean activate,
            InputStream archive,
            Actor actor) {
        var intake = new Intake(name, entry, verify);
        return activate
                ? answers.of(versions.upload(archive, intake, actor))
                : staged(versions.stage(archive, intake, actor));
    }

    @PostMapping("/import")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "importExtension",
            summary =
                    "Takes a folder of this node as the version that its extension runs from now on, on every node, or only stores it")
    ExtensionAnswer importFolder(@Valid @RequestBody ImportRequest request, Actor actor) {
        var level = request.verify() == null ? Level.PROTOCOL : request.verify();
        var intake = new Intake(request.name(), request.entry(), level);
        return Boolean.FALSE.equals(request.activate())
                ? staged(versions.stageFolder(request.path(), intake, actor))
                : answers.of(versions.importFolder(request.path(), intake, actor));
    }

    @GetMapping("/{ref}/versions")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(
            operationId = "listExtensionVersions",
            summary = "The versions of an extension, newest first, on one page")
    Page<VersionAnswer> list(@PathVariable String ref) {
        var extension = extensions.get(ref);
        var active = extension.managed() ? extension.digest() : null;
        var hosts = canaries.hosts(extension.id());
        var all = versions.list(ref).stream()
                .map(version -> answer(version, active, hosts))
                .toList();
        return new Page<>(List.copyOf(all), null);
    }

    @PostMapping("/{ref}/versions/{digest}/activate")
    @Operation(operationId = "activateExtensionVersion", summary = "Makes a version the one that every node runs")
    ExtensionAnswer activate(@PathVariable String ref, @PathVariable String digest, Actor actor) {
        return answers.of(versions.activate(ref, digest, actor));
    }

    @PutMapping("/{ref}/versions/{digest}/canaries/{host}")
    @Operation(
            operationId = "beginExtensionCanary",
            summary = "Has the VMs of one host run with a version that is not active, to try it out")
    VersionAnswer beginCanary(
            @PathVariable String ref, @PathVariable String digest, @PathVariable String host, Actor actor) {
        var version = canaries.begin(ref, digest, host, actor);
        return answer(version, null, canaries.hosts(version.extensionId()));
    }

    @DeleteMapping("/{ref}/versions/{digest}/canaries/{host}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "endExtensionCanary", summary = "Has the host run what all others do")
    void endCanary(@PathVariable String ref, @PathVariable String digest, @PathVariable String host, Actor actor) {
        canaries.end(ref, digest, host, actor);
    }

    @DeleteMapping("/{ref}/versions/{digest}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteExtensionVersion", summary = "Forgets a version that is not active")
    void delete(@PathVariable String ref, @PathVariable String digest, Actor actor) {
        versions.delete(ref, digest, actor);
    }

    @PostMapping("/{ref}/repair")
    @Operation(operationId = "repairExtension", summary = "Lets every node unpack the active version anew")
    ExtensionAnswer repair(@PathVariable String ref, Actor actor) {
        return answers.of(versions.repair(ref, actor));
    }

    private ExtensionAnswer staged(ExtensionVersion version) {
        return answers.of(extensions.get(version.extensionId().toString()), version.digest());
    }

    private static VersionAnswer answer(
            ExtensionVersion version, @Nullable String active, Map<String, List<String>> hosts) {
        return new VersionAnswer(
                version.digest(),
                version.manifest().version(),
                version.digest().equals(active),
                version.staged(),
                hosts.getOrDefault(version.digest(), List.of()),
                version.files(),
                version.bytes(),
                version.createdBy(),
                version.createdAt());
    }

    /**
     * @param entry the executable's path in a folder without a manifest; {@code NAME.sh} unless said otherwise
     * @param activate whether the extension runs the version from now on, as it does unless this is false
     */
    record ImportRequest(
            @NotNull(message = "is missing") String path,
            @Nullable String name,
            @Nullable String entry,
            @Nullable Level verify,
            @Nullable Boolean activate) {}

    /**
     * @param staged whether it was brought without being made active, and has not been since
     * @param canaries the names of the hosts that it is tried out on
     */
    record VersionAnswer(
            String digest,
            String version,
            boolean active,
            boolean staged,
            List<String> canaries,
            int files,
            long bytes,
            String createdBy,
            Instant createdAt) {}
}
