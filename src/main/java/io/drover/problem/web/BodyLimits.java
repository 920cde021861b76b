package io.drover.problem.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How big a request's body may be.
 *
 * @param maxBody of all other requests
 * @param maxPackageBody of archives of extensions
 * @param maxEngineBody of requests to {@code /engine-rest} and {@code /camunda}, which bring whole deployments
 */
@Validated
@ConfigurationProperties("drover.http")
record BodyLimits(
        @NotNull @DefaultValue("1MB") DataSize maxBody,
        @NotNull @DefaultValue("64MB") DataSize maxPackageBody,
        @NotNull @DefaultValue("16MB") DataSize maxEngineBody) {

    private static final String PACKAGES = "/api/v1/extensions/packages";

    DataSize of(String path) {
        if (path.equals(PACKAGES)) {
            return maxPackageBody;
        }
        return path.startsWith("/engine-rest/") || path.startsWith("/camunda/") ? maxEngineBody : maxBody;
    }
}
