package io.drover.extension.packaging;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How large a package may be.
 *
 * @param maxSize of all its files unpacked
 * @param maxFiles how many files it may have, 1 to 10,000
 */
@Validated
@ConfigurationProperties("drover.package")
public record PackageProperties(
        @NotNull @DefaultValue("256MB") DataSize maxSize,
        @Min(1) @Max(10_000) @DefaultValue("5000") int maxFiles) {}
