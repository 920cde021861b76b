package io.drover.inventory;

import java.util.Set;

/** What the inventory asks of the extension registry, which lies above it: names of details that manifests call secret. */
public interface DeclaredSecrets {

    /** The names that any version of any extension's manifest has ever called secret; they are secret wherever they are given. */
    Set<String> names();
}
