package io.drover.workflow.web;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * Tells Camunda's web applications who is logged in, so that they have no login of their own, and which of them that person has:
 * not the one for accounts, which are Drover's.
 */
class EngineApplications extends ContainerBasedAuthenticationFilter {
    private static final Set<String> APPLICATIONS = Set.of("cockpit", "tasklist", "welcome");

    @Override
    protected @Nullable UserAuthentication createAuthentication(
            ProcessEngine engine, String name, List<String> groups, List<String> tenants) {
        var authentication = super.createAuthentication(engine, name, groups, tenants);
        if (authentication != null) {
            authentication.setAuthorizedApps(APPLICATIONS);
        }
        return authentication;
    }
}
