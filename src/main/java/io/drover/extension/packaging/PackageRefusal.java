package io.drover.extension.packaging;

import io.drover.problem.ProblemException;

/** What a package that cannot become a version is refused with. */
public final class PackageRefusal {
    private static final int LONGEST = 100;

    private PackageRefusal() {}

    /** A refusal of the package as a whole, with a sentence. */
    public static ProblemException of(String message) {
        return new ProblemException(ProblemException.Kind.INVALID, "package-refused", message);
    }

    /** A refusal for one entry; {@code what} follows its name. */
    static ProblemException of(String name, String what) {
        var shown = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
        return of("Entry '" + shown.replaceAll("\\p{Cntrl}", "?") + "' " + what);
    }
}
