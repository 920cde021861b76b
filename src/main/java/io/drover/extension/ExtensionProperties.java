package io.drover.extension;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where extensions live.
 *
 * @param directories paths, relative ones to the working directory; new extensions are put into the last. Empty for
 *     {@code extensions} and {@code <home>/extensions}
 */
@ConfigurationProperties("drover.extensions")
record ExtensionProperties(@DefaultValue List<String> directories) {}
