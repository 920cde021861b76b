package io.drover.inventory;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The names that extensions know VMs by: {@code <prefix>-<account>-<number>-VM}. The prefix is the installation's own, so that
 * two installations on one hypervisor, or this one and a CloudStack, never mean the same VM by one name.
 */
@Component
@EnableConfigurationProperties(VmProperties.class)
public class InternalNames {
    /** CloudStack's prefix, which every CloudStack uses. */
    static final String CLOUDSTACK = "i";

    private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
    private static final String LETTERS_AND_DIGITS = LETTERS + "23456789";
    private static final int LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final String prefix;

    InternalNames(VmProperties properties, JdbcClient jdbc) {
        this.jdbc = jdbc;
        var wished = properties.namePrefix();
        this.prefix = wished == null || wished.isBlank() ? known().orElseGet(this::choose) : wished;
    }

    /** The name of a VM that has this number and belongs to the account of that one. */
    String of(long account, long number) {
        return prefix + "-" + account + "-" + number + "-VM";
    }

    /** Whether no other installation gives a VM this name, so that whatever has it outside was made by this one. */
    public static boolean isOwn(String internalName) {
        return !internalName.startsWith(CLOUDSTACK + "-");
    }

    /** The one in the database, which all nodes share. */
    private Optional<String> known() {
        return jdbc.sql("SELECT vm_prefix FROM installation WHERE id = 1")
                .query(String.class)
                .optional();
    }

    private String choose() {
        var chosen = random();
        try {
            jdbc.sql("INSERT INTO installation (id, vm_prefix) VALUES (1, :prefix)")
                    .param("prefix", chosen)
                    .update();
            return chosen;
        } catch (DuplicateKeyException e) {
            return known().orElseThrow();
        }
    }

    private static String random() {
        return letter(LETTERS)
                + RANDOM.ints(LENGTH - 1L, 0, LETTERS_AND_DIGITS.length())
                        .mapToObj(i -> LETTERS_AND_DIGITS.substring(i, i + 1))
                        .collect(Collectors.joining());
    }

    private static String letter(String letters) {
        int at = RANDOM.nextInt(letters.length());
        return letters.substring(at, at + 1);
    }
}
