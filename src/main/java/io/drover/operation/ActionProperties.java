package io.drover.operation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What holds for every action.
 *
 * @param timeout how long a program may run when neither the task nor the extension's manifest says so; CloudStack's default
 * @param recordedOutput how much of each output stream goes on the record
 * @param secretLifetime how long the person who asked may fetch what an action has answered in its secret fields
 * @param resumeInterval how often actions are looked for that a failure has dropped
 */
@ConfigurationProperties("drover.action")
record ActionProperties(
        @DefaultValue("30m") Duration timeout,
        @DefaultValue("64KB") DataSize recordedOutput,
        @DefaultValue("1h") Duration secretLifetime,
        @DefaultValue("10s") Duration resumeInterval) {}
