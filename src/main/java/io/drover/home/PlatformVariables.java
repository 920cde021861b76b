package io.drover.home;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What container platforms put into the environment for services and links whose names begin with {@code drover}: Kubernetes'
 * service variables and Docker's legacy links. Name and value must both be theirs, so that no setting that somebody meant is
 * passed over: {@code DROVER_PORT=tcp://10.0.0.1:8080} is the platform's, {@code DROVER_PORT=9090} is a person's.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Kubernetes: Services</a>
 */
final class PlatformVariables {
    private static final String NAME = "DROVER(_[A-Z0-9]+)*?";
    private static final String PORT = NAME + "_PORT_\\d{1,5}_(TCP|UDP|SCTP)";

    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://\\S+:\\d{1,5}");
    private static final Pattern PROTOCOL = Pattern.compile("tcp|udp|sctp");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.:-]*|::.*|None");
    private static final Pattern LINK = Pattern.compile("/.+");

    private static final Map<Pattern, Pattern> VALUES = Map.of(
            Pattern.compile(NAME + "_SERVICE_HOST"), HOST,
            Pattern.compile(NAME + "_SERVICE_PORT(_[A-Z0-9_]+)?"), NUMBER,
            Pattern.compile(NAME + "_PORT"), ADDRESS,
            Pattern.compile(PORT), ADDRESS,
            Pattern.compile(PORT + "_PROTO"), PROTOCOL,
            Pattern.compile(PORT + "_PORT"), NUMBER,
            Pattern.compile(PORT + "_ADDR"), HOST,
            Pattern.compile(NAME + "_NAME"), LINK);

    private PlatformVariables() {}

    /** Whether a platform has put this in. */
    static boolean have(String name, String value) {
        return VALUES.entrySet().stream()
                .anyMatch(known -> known.getKey().matcher(name).matches()
                        && known.getValue().matcher(value.strip()).matches());
    }
}
