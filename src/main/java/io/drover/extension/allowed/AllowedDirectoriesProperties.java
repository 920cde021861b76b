package io.drover.extension.allowed;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Directories that details may lead to.
 *
 * @param allowedDirectories absolute paths by the names that manifests use; a name that is given replaces its default
 */
@ConfigurationProperties("drover.extensions")
record AllowedDirectoriesProperties(@DefaultValue Map<String, List<String>> allowedDirectories) {}
