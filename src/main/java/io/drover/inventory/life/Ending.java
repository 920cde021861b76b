package io.drover.inventory.life;

/** How what was asked of an extension came out. */
public enum Ending {
    /** It was done. */
    SUCCESS,
    /** The extension said no. */
    REFUSAL,
    /** There was no answer in any attempt, and a person gave up where the process waited. */
    TROUBLE,
    /** The program was gone without an exit code each time. */
    LOST,
    /** A person ended the operation while the program ran. */
    CANCELLED,
    /** The program was gone without an exit code the first time, was asked again, and did it. */
    REPEATED
}
