package io.drover.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param keyFile the key that secrets are sealed with, shared by all nodes of a database; null for HOME/keys/secrets.key */
@ConfigurationProperties("drover.secrets")
record SecretProperties(@Nullable Path keyFile) {}
