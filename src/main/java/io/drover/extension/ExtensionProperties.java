package io.drover.extension;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where extensions live and what is asked of their files.
 *
 * @param directories paths, relative ones to the working directory; new extensions are put into the last. Empty for
 *     {@code extensions} and {@code <home>/extensions}
 * @param checkInterval how often each node looks whether its extensions are ready; it also looks when files change
 * @param owners names of users besides root and the server's own that files of extensions may belong to
 */
@Validated
@ConfigurationProperties("drover.extensions")
record ExtensionProperties(
        @DefaultValue List<String> directories,
        @NotNull @DefaultValue("5m") Duration checkInterval,
        @DefaultValue Set<String> owners) {

    /** All users that files may belong to. */
    Set<String> allowedOwners() {
        var all = new HashSet<>(owners);
        all.addAll(List.of("root", System.getProperty("user.name")));
        return new TreeSet<>(all);
    }
}
