package io.drover.access;

import io.drover.home.Home;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The account that an empty installation begins with. Its random password is in a file before the account exists, so that a
 * start that dies in between leaves nothing that the next one cannot do anew.
 */
@Component
class InitialAdmin implements SmartInitializingSingleton {
    static final String NAME = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(InitialAdmin.class);

    private final Path file;
    private final AccountRepository repository;
    private final Accounts accounts;
    private final Passwords passwords;

    InitialAdmin(Home home, AccountRepository repository, Accounts accounts, Passwords passwords) {
        this.file = home.root().resolve("initial-admin-password");
        this.repository = repository;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (repository.isEmpty()) {
            create();
        } else {
            forget();
            remind();
        }
    }

    private void remind() {
        if (repository.hasInitialPassword()) {
            LOG.warn("The account '{}' still has the password of the first start; change it", NAME);
        }
    }

    @TransactionalEventListener
    void onChange(AccessChange change) {
        if (change.kind().equals("account.password-changed")) {
            forget();
        }
    }

    private void create() {
        var password = passwords.random();
        try {
            PrivateFile.write(file, password + "\n");
            accounts.createInitial(NAME, password);
            announce(password);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        } catch (ProblemException e) {
            delete(); // another node made the account in the meantime, with the password in its own home
        }
    }

    @SuppressWarnings("SystemOut") // a log would keep the password
    private void announce(String password) {
        System.out.printf(
                "%n*** First start: log in as '%s' with the password %s%n*** It is also in %s until it is changed.%n%n",
                NAME, password, file);
    }

    private void forget() {
        if (Files.exists(file) && !repository.hasInitialPassword()) {
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }
}
