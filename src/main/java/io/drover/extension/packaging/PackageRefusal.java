package io.drover.extension.packaging;

import io.drover.problem.ProblemException;
import io.drover.text.Cut;

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
        var shown = Cut.to(LONGEST, name);
        return of("Entry '" + shown.replaceAll("\\p{Cntrl}", "?") + "' " + what);
    }
}
