package io.drover.workflow;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Shows Drover's accounts to the engine and its web applications as its users, read-only, so that there is one place for
 * accounts and no set-up page. Only administrators get that far; each is in the group {@value #ADMINS}.
 */
final class AccountIdentityProvider implements ReadOnlyIdentityProvider {
    static final String ADMINS = "camunda-admin";

    private final Accounts accounts;

    private AccountIdentityProvider(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Makes a provider per engine session. */
    record Factory(ObjectProvider<Accounts> accounts) implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return ReadOnlyIdentityProvider.class;
        }

        @Override
        public Session openSession() {
            return new AccountIdentityProvider(accounts.getObject());
        }
    }

    @Override
    public @Nullable User findUserById(String name) {
        return accounts.actor(name).map(AccountIdentityProvider::user).orElse(null);
    }

    List<User> users(@Nullable String name) {
        return name == null
                ? List.of()
                : accounts.actor(name).map(AccountIdentityProvider::user).stream()
                        .toList();
    }

    List<Group> groups(@Nullable String member, @Nullable String id) {
        boolean wanted = id == null || id.equals(ADMINS);
        boolean belongs = member == null
                || accounts.actor(member)
                        .map(Actor::role)
                        .filter(role -> role == RoleType.ADMIN)
                        .isPresent();
        return wanted && belongs ? List.of(admins()) : List.of();
    }

    @Override
    public UserQuery createUserQuery() {
        return new IdentityQueries.Users(this);
    }

    @Override
    public UserQuery createUserQuery(CommandContext context) {
        return createUserQuery();
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new BadUserRequestException("Accounts are Drover's; they cannot be queried by SQL");
    }

    /** Passwords are checked by Drover's login alone. */
    @Override
    public boolean checkPassword(String name, String password) {
        return false;
    }

    @Override
    public @Nullable Group findGroupById(String id) {
        return id.equals(ADMINS) ? admins() : null;
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new IdentityQueries.Groups(this);
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext context) {
        return createGroupQuery();
    }

    @Override
    public @Nullable Tenant findTenantById(String id) {
        return null;
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new IdentityQueries.Tenants();
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext context) {
        return createTenantQuery();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static User user(Actor actor) {
        var user = new UserEntity(actor.name());
        user.setFirstName(actor.name());
        user.setLastName("");
        return user;
    }

    private static Group admins() {
        var group = new GroupEntity(ADMINS);
        group.setName("Administrators");
        group.setType("SYSTEM");
        return group;
    }
}
