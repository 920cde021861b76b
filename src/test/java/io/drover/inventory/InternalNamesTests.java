package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What extensions know VMs by. */
@JdbcTest
@AutoConfigureTestDatabase
class InternalNamesTests {
    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void forget() {
        jdbc.sql("DELETE FROM installation").update();
    }

    @Test
    void allNodesOfAnInstallationShareItsPrefix() {
        var name = names(null).of(2, 41);

        assertThat(name).matches("[a-z][a-z0-9]{5}-2-41-VM");
        assertThat(names("").of(2, 41)).isEqualTo(name);
        assertThat(InternalNames.isOwn(name)).isTrue();
    }

    @Test
    void installationsDiffer() {
        var one = names(null).of(2, 41);
        forget();

        assertThat(names(null).of(2, 41)).isNotEqualTo(one);
    }

    @Test
    void aHomeFromBeforeKeepsItsScheme() {
        jdbc.sql("INSERT INTO installation (id, vm_prefix) VALUES (1, 'i')").update();

        assertThat(names(null).of(2, 41)).isEqualTo("i-2-41-VM");
        assertThat(InternalNames.isOwn("i-2-41-VM")).isFalse();
    }

    @Test
    void theSettingCounts() {
        assertThat(names("i").of(2, 41)).isEqualTo("i-2-41-VM");
        assertThat(names("acme").of(2, 41)).isEqualTo("acme-2-41-VM");
        assertThat(InternalNames.isOwn("i2-2-41-VM")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"I", "a-b", "1a", "a_b", "äb", "abcdefghijklmnopq", "a b", "../a"})
    void whatCannotBePartOfANameIsRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VmProperties(prefix))
                .withMessageContaining("drover.vms.name-prefix")
                .withMessageContaining(prefix);
    }

    private InternalNames names(String prefix) {
        return new InternalNames(new VmProperties(prefix), jdbc);
    }
}
