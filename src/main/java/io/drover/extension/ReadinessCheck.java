package io.drover.extension;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.files.FolderSafety;
import io.drover.extension.run.RequirementCheck;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether extensions can be run on this node. What is cheap is looked at each time: the entry point, and whether the files are
 * the right ones. Owners, modes, the first line and requirements are looked at when the files have changed and at each round.
 */
@Component
class ReadinessCheck {
    private final UnpackedVersions unpacked;
    private final FileAgreement agreement;
    private final RequirementCheck requirements;
    private final ExtensionProperties properties;

    /** By extension and digest: one version may be tried out while another runs. */
    private final Map<UUID, Map<String, Optional<String>>> known = new ConcurrentHashMap<>();

    ReadinessCheck(
            UnpackedVersions unpacked,
            FileAgreement agreement,
            RequirementCheck requirements,
            ExtensionProperties properties) {
        this.unpacked = unpacked;
        this.agreement = agreement;
        this.requirements = requirements;
        this.properties = properties;
    }

    /** As it is now, owners, modes, the first line and requirements as they were at the last round. */
    Readiness of(Extension extension) {
        String digest = null;
        try {
            if (extension.managed()) {
                unpacked.require(extension);
            }
            var reason = EntryCheck.whyNot(extension);
            if (reason != null) {
                return Readiness.no(reason, null);
            }
            digest = ExtensionDigest.of(extension.directory());
            reason = agreement.whyNot(extension, digest);
            if (reason == null) {
                reason = thorough(extension, digest);
            }
            return reason == null ? Readiness.yes(digest) : Readiness.no(reason, digest);
        } catch (IOException | UncheckedIOException | ProblemException | IllegalStateException e) {
            return Readiness.no("its files cannot be read: " + e.getMessage(), digest);
        }
    }

    /** As it is now in every respect. */
    Readiness anew(Extension extension) {
        known.remove(extension.id());
        return of(extension);
    }

    private @Nullable String thorough(Extension extension, String digest) {
        return known.computeIfAbsent(extension.id(), id -> new ConcurrentHashMap<>())
                .computeIfAbsent(digest, files -> look(extension))
                .orElse(null);
    }

    private Optional<String> look(Extension extension) {
        return FolderSafety.trouble(extension.directory(), properties.allowedOwners())
                .or(() -> requirements.interpreter(extension.entry(), extension.path()))
                .or(() -> missing(extension));
    }

    private Optional<String> missing(Extension extension) {
        var missing = requirements.missing(extension.manifest().requirements());
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }
}
