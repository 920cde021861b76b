package io.drover.workflow;

import java.util.List;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/** The engine's identity queries, answered from Drover's accounts. */
final class IdentityQueries {
    private IdentityQueries() {}

    static final class Users extends UserQueryImpl {
        private final transient AccountIdentityProvider provider;

        Users(AccountIdentityProvider provider) {
            this.provider = provider;
        }

        @Override
        public List<User> executeList(CommandContext context, Page page) {
            return provider.users(getId());
        }

        @Override
        public long executeCount(CommandContext context) {
            return provider.users(getId()).size();
        }
    }

    static final class Groups extends GroupQueryImpl {
        private final transient AccountIdentityProvider provider;

        Groups(AccountIdentityProvider provider) {
            this.provider = provider;
        }

        @Override
        public List<Group> executeList(CommandContext context, Page page) {
            return provider.groups(getUserId(), getId());
        }

        @Override
        public long executeCount(CommandContext context) {
            return provider.groups(getUserId(), getId()).size();
        }
    }

    static final class Tenants extends TenantQueryImpl {
        @Override
        public List<Tenant> executeList(CommandContext context, Page page) {
            return List.of();
        }

        @Override
        public long executeCount(CommandContext context) {
            return 0;
        }
    }
}
