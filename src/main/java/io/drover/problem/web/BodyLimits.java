package io.drover.problem.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How big a request's body may be.
 *
 * @param maxBody of all requests but those to the engine's own doors
 * @param maxEngineBody of requests to {@code /engine-rest} and {@code /camunda}, which bring whole deployments
 */
@Validated
@ConfigurationProperties("drover.http")
record BodyLimits(
        @NotNull @DefaultValue("1MB") DataSize maxBody,
        @NotNull @DefaultValue("16MB") DataSize maxEngineBody) {

    DataSize of(String path) {
        return path.startsWith("/engine-rest/") || path.startsWith("/camunda/") ? maxEngineBody : maxBody;
    }
}
