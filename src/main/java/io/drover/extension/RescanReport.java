package io.drover.extension;

import java.util.List;

/** What looking through the extensions' directories changed, and what was wrong there. */
public record RescanReport(List<Change> changes, List<Trouble> problems) {

    /**
     * A change of the registry.
     *
     * @param what {@code registered} or {@code updated}
     */
    public record Change(String extension, String what) {}

    /**
     * A folder that could not be registered or taken over.
     *
     * @param file the folder or manifest at fault
     */
    public record Trouble(String file, String reason) {}
}
