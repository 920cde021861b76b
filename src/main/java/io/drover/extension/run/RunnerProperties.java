package io.drover.extension.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How extensions are run.
 *
 * @param maxOutput how much of each stream is kept, half of it from the head and half from the tail
 * @param outputCheck how often the size of a running program's output is looked at; between two looks it may exceed
 *     {@code maxOutput} on disk
 * @param grace how long a program that is being ended has between TERM and KILL
 * @param path the program's {@code PATH}
 * @param inherit names of the server's environment variables that programs see; everything else is withheld
 * @param environment further variables for every program
 * @param atShutdown what becomes of programs that run when the server is stopped; they always go on when it is killed
 */
@ConfigurationProperties("drover.runner")
record RunnerProperties(
        @DefaultValue("2MB") DataSize maxOutput,
        @DefaultValue("100ms") Duration outputCheck,
        @DefaultValue("5s") Duration grace,

        @DefaultValue("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        String path,

        @DefaultValue({"TZ", "HOME", "USER", "LOGNAME"}) List<String> inherit,
        @DefaultValue Map<String, String> environment,
        @DefaultValue("GO_ON") AtShutdown atShutdown) {

    /** What becomes of programs when the server is stopped. */
    enum AtShutdown {
        /** The next server picks them up. */
        GO_ON,
        /** They are ended with all their processes. Their outcome is unknown then, and the next server asks again. */
        END
    }
}
