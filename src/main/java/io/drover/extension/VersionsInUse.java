package io.drover.extension;

import java.util.Set;

/** What is asked of those who run extensions, or have them tried out: which versions they still need. */
public interface VersionsInUse {

    /** The digests of what is needed. */
    Set<String> digests();

    /** What keeps a version of this digest from being deleted, as a sentence. */
    String why(String digest);
}
