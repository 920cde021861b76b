package io.drover.http;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patiently bodies of requests are waited for.
 *
 * @param timeout how long a small body may take as a whole, and how long a large one may pause
 * @param uploads how many large bodies are read at once
 */
@Validated
@ConfigurationProperties("drover.http.body")
record BodyProperties(
        @NotNull @DefaultValue("10s") Duration timeout,
        @Min(1) @DefaultValue("32") int uploads) {}
