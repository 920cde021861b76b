package io.drover.extension.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs of the operating system that confine others. */
enum Tool {
    /** Sets limits; of util-linux. */
    PRLIMIT("util-linux"),
    /** Becomes another user; of util-linux. */
    SETPRIV("util-linux (on some systems: setpriv)"),
    /** Bubblewrap. */
    BWRAP("bubblewrap"),
    /** Looks up users; of the C library. */
    GETENT("libc-bin"),
    /** Gives a program a session of its own. */
    SETSID("util-linux"),
    /** Makes named pipes. */
    MKFIFO("coreutils");

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    private final String distribution;

    Tool(String distribution) {
        this.distribution = distribution;
    }

    /** Its path. Refuses where it is not installed. */
    Path require(String setting) {
        return require(setting + " is set but needs ", " or remove the setting.");
    }

    /** Its path. Refuses where it is not installed, which no setting helps against. */
    Path require() {
        return require("Programs are run with ", ".");
    }

    private Path require(String whoNeeds, String otherwise) {
        return path().orElseThrow(() -> new RunnerRefusal(
                whoNeeds + command() + ", which is neither in "
                        + String.join(", ", PLACES.stream().map(Path::toString).toList()),
                "Install the package " + distribution + otherwise));
    }

    private Optional<Path> path() {
        return PLACES.stream()
                .map(place -> place.resolve(command()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String command() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
