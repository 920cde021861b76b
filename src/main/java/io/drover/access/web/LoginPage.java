package io.drover.access.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page that people log in on; it needs no script. */
@RestController
@Hidden
class LoginPage {
    private static final Map<String, String> MESSAGES = messages();

    private final String page;

    LoginPage() throws IOException {
        page = new ClassPathResource("pages/login.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
    String show(HttpServletRequest request, CsrfToken token) {
        var message = MESSAGES.entrySet().stream()
                .filter(known -> request.getParameter(known.getKey()) != null)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return page.replace("{{context}}", HtmlUtils.htmlEscape(request.getContextPath()))
                .replace("{{message}}", message)
                .replace("{{csrfName}}", HtmlUtils.htmlEscape(token.getParameterName()))
                .replace("{{csrfToken}}", HtmlUtils.htmlEscape(token.getToken()));
    }

    private static Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("error", "The name or the password is wrong.");
        messages.put("locked", "Too many wrong passwords. Try again in a few minutes.");
        messages.put("changed", "The password is changed. Log in with the new one.");
        messages.put("logout", "You are logged out.");
        return messages;
    }
}
