package io.drover.extension;

import java.util.Set;

/** What the registry asks of those who run extensions: which versions they still need. */
public interface VersionsInUse {

    /** The digests that unfinished actions were begun with. */
    Set<String> digests();
}
