package io.drover.access.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has whoever comes with the password of the first start change it: people in a browser get nowhere before they have. Scripts
 * go on, each answer reminding them, since the password is in a file that only the server's user can read.
 */
class InitialPassword extends OncePerRequestFilter {
    static final String PAGE = "/password";
    static final String REMINDER = "Drover-Warning";

    private static final Set<String> ALLOWED = Set.of(PAGE, "/login", "/logout", "/drover.css", "/favicon.svg");

    private final ObjectMapper json;

    InitialPassword(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isInitial()) {
            chain.doFilter(request, response);
            return;
        }
        var path = request.getRequestURI().substring(request.getContextPath().length());
        response.setHeader(REMINDER, "the password is still that of the first start; change it");
        if (ShownCredentials.in(request) || ALLOWED.contains(path)) {
            chain.doFilter(request, response);
        } else if (Refusals.isForPeople(request)) {
            response.sendRedirect(request.getContextPath() + PAGE);
        } else {
            var refusal = new ProblemException(
                    ProblemException.Kind.FORBIDDEN,
                    "password-initial",
                    "The password is still that of the first start; change it at " + PAGE);
            ProblemResponses.write(refusal, request, response, json);
        }
    }

    private static boolean isInitial() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof ActorAuthentication known
                && known.login() != null
                && known.login().initial();
    }
}
