package io.drover.workflow.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/** The account that Drover's login has let in; only administrators get as far as the engine's web applications. */
public final class EngineLogin implements AuthenticationProvider {

    /** For Camunda's filter, which names this class. */
    public EngineLogin() {}

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        var user = request.getUserPrincipal();
        if (user == null) {
            return AuthenticationResult.unsuccessful();
        }
        var result = new AuthenticationResult(user.getName(), true);
        result.setGroups(List.of("camunda-admin"));
        return result;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
