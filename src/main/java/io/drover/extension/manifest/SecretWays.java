package io.drover.extension.manifest;

import io.drover.access.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where secrets go: to the address that the lowest level names. Whoever may set details of a level may set those of the levels
 * below it, but not above; so a secret must not go to an address of a lower level, and one that is kept not to another address.
 */
public final class SecretWays {
    private final ExtensionManifest manifest;

    public SecretWays(ExtensionManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * A secret that would go where those who set it have not sent it.
     *
     * @param address the detail that decides where it goes
     * @param at the level of that detail
     * @param message what is wrong with the address, in words that follow its name
     */
    public record Astray(String address, Level at, String message) {}

    /** Secrets whose address has been set at a lower level than they. */
    public List<Astray> astray(Map<Level, Map<String, String>> given) {
        List<Astray> found = new ArrayList<>();
        forEachWay(given, (address, secret) -> {
            var of = lowest(given, secret);
            var to = lowest(given, address);
            if (of != null && to != null && to.compareTo(of) > 0) {
                found.add(new Astray(
                        address,
                        to,
                        "of the " + to + " must not decide where the secret '" + secret + "' of the " + of
                                + " goes; set '" + secret + "' of the " + to + ", too, or '" + address + "' of the "
                                + of));
            }
        });
        return found;
    }

    /**
     * Secrets that are kept while their address becomes another.
     *
     * @param anew names of secrets that are given together with the change, so that whoever makes it knows them
     */
    public List<Astray> redirected(
            Map<Level, Map<String, String>> before, Map<Level, Map<String, String>> after, Set<String> anew) {
        List<Astray> found = new ArrayList<>();
        forEachWay(after, (address, secret) -> {
            var of = lowest(after, secret);
            var to = lowest(after, address);
            boolean kept = of != null
                    && !anew.contains(secret)
                    && value(before, secret).equals(value(after, secret));
            if (kept && to != null && !value(before, address).equals(value(after, address))) {
                found.add(new Astray(
                        address,
                        to,
                        "decides where the secret '" + secret + "' of the " + of + " goes, which is kept; give '"
                                + secret + "' anew with it, or ask an Admin to change it"));
            }
        });
        return found;
    }

    private void forEachWay(Map<Level, Map<String, String>> given, java.util.function.BiConsumer<String, String> way) {
        Set<String> secrets = new TreeSet<>(manifest.secretDetails());
        given.values()
                .forEach(details ->
                        details.keySet().stream().filter(SecretNames::matches).forEach(secrets::add));
        for (var address : manifest.configuration().names()) {
            secrets.stream().filter(secret -> directs(address, secret)).forEach(secret -> way.accept(address, secret));
        }
    }

    private boolean directs(String address, String secret) {
        return !address.equals(secret)
                && manifest.configuration().levelsOf(address).stream()
                        .flatMap(level -> manifest.configuration().field(level, address).stream())
                        .anyMatch(field -> field.directs(secret));
    }

    private static String value(Map<Level, Map<String, String>> given, String name) {
        var level = lowest(given, name);
        return level == null ? "" : Objects.requireNonNull(given.get(level)).getOrDefault(name, "");
    }

    /** The lowest level that has a value; programs take that one. */
    private static @Nullable Level lowest(Map<Level, Map<String, String>> given, String name) {
        Level lowest = null;
        for (var level : Level.values()) {
            if (!given.getOrDefault(level, Map.of()).getOrDefault(name, "").isBlank()) {
                lowest = level;
            }
        }
        return lowest;
    }
}
