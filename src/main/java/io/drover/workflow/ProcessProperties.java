package io.drover.workflow;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where diagrams come from.
 *
 * @param directory diagrams found here stand for those of the same name in the jar; those in {@code HOME/bpmn} stand for both
 * @param historyTimeToLive how long the engine keeps what a process leaves behind whose diagram does not say so
 */
@ConfigurationProperties("drover.processes")
record ProcessProperties(
        @DefaultValue("bpmn") Path directory,
        @DefaultValue("P30D") String historyTimeToLive) {}
