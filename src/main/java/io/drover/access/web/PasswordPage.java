package io.drover.access.web;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page on which people change their password; it needs no script. */
@RestController
@Hidden
class PasswordPage {
    private final Accounts accounts;
    private final String page;

    PasswordPage(Accounts accounts) throws IOException {
        this.accounts = accounts;
        this.page = new ClassPathResource("pages/password.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = InitialPassword.PAGE, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> show(HttpServletRequest request, CsrfToken token, Actor actor) {
        return page(HttpStatus.OK, "", request, token, actor);
    }

    @PostMapping(path = InitialPassword.PAGE, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> change(
            @RequestParam String currentPassword,
            @RequestParam String password,
            @RequestParam String again,
            HttpServletRequest request,
            CsrfToken token,
            Actor actor) {
        if (!password.equals(again)) {
            return page(HttpStatus.BAD_REQUEST, "The two new passwords differ.", request, token, actor);
        }
        try {
            accounts.changePassword(actor.id().toString(), password, currentPassword, actor);
        } catch (ProblemException e) {
            return page(HttpStatus.BAD_REQUEST, sentence(e), request, token, actor);
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", request.getContextPath() + "/login?changed")
                .build();
    }

    private static String sentence(ProblemException refusal) {
        return refusal.violations().isEmpty()
                ? String.valueOf(refusal.getMessage())
                : "The " + (refusal.violations().get(0).pointer().equals("/password") ? "new" : "current")
                        + " password " + refusal.violations().get(0).message() + ".";
    }

    private ResponseEntity<String> page(
            HttpStatus status, String message, HttpServletRequest request, CsrfToken token, Actor actor) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(page.replace("{{context}}", HtmlUtils.htmlEscape(request.getContextPath()))
                        .replace("{{name}}", HtmlUtils.htmlEscape(actor.name()))
                        .replace("{{message}}", HtmlUtils.htmlEscape(message))
                        .replace("{{csrfName}}", HtmlUtils.htmlEscape(token.getParameterName()))
                        .replace("{{csrfToken}}", HtmlUtils.htmlEscape(token.getToken())));
    }
}
