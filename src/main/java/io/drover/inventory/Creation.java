package io.drover.inventory;

/** Whether a VM was ever created outside, as far as anybody can know. Only a successful creation makes it {@link #Created}. */
public enum Creation {
    /** No creation has begun, or what began certainly left nothing, or all of it has been deleted. */
    Never,
    /** A creation was begun and nobody knows what it came to. */
    Unclear,
    /** A creation was refused, and the extension says that it left something. */
    Leftovers,
    /** It was created, and no deletion has succeeded since. */
    Created
}
