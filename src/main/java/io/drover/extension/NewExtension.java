package io.drover.extension;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension to be registered.
 *
 * @param path its entry point, see {@link Extensions#create}; null for the default, {@code <name>.sh}
 * @param details its own details, which may be secret
 * @param prepare whether the first start of a VM asks the extension to prepare it
 * @param language of the program that is written where there is no path; null for the usual one
 */
public record NewExtension(
        String name,
        @Nullable String description,
        @Nullable String path,
        Map<String, String> details,
        boolean prepare,
        boolean enabled,
        Scaffold.@Nullable Language language) {

    /** One whose program, if it is to be written, is in the usual language. */
    public NewExtension(
            String name,
            @Nullable String description,
            @Nullable String path,
            Map<String, String> details,
            boolean prepare,
            boolean enabled) {
        this(name, description, path, details, prepare, enabled, null);
    }
}
