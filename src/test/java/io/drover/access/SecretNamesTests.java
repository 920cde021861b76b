package io.drover.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password", "vncPassword", "PASSWD", "db_pass", "rootPwd", "secret", "clientSecret", "token",
                        "API-TOKEN",
                "credentials", "apikey", "api_key", "api-key", "API.KEY", "privateKey", "private_key", "sshkey",
                        "ssh_key",
                "ssh-private-key", "accessKey", "passphrase", "psk", "preSharedKey", "totp"
            })
    void namesASecret(String name) {
        assertThat(SecretNames.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keyboard",
                "key",
                "bypass",
                "compass",
                "monkey",
                "hypervisor",
                "sshPublicKey",
                "user",
                "url",
                "token_id",
                "passwordPolicy",
                "secret-name",
                "tokenTtl"
            })
    void namesNoSecret(String name) {
        assertThat(SecretNames.matches(name)).isFalse();
    }
}
