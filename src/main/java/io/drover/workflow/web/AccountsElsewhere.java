package io.drover.workflow.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands where Camunda's application for accounts would be, which could neither list nor add one, and says where they are. */
class AccountsElsewhere extends OncePerRequestFilter {
    private final ObjectMapper json;

    AccountsElsewhere(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var refusal = new ProblemException(
                Kind.NOT_FOUND,
                "accounts-elsewhere",
                "Camunda's application Admin is not served: accounts are Drover's, at /api/v1/accounts");
        ProblemResponses.write(refusal, request, response, json);
    }
}
