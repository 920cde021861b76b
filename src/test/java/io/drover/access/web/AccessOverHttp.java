package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.ApiKeys;
import io.drover.access.RoleType;
import jakarta.servlet.http.Cookie;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The access module behind its filter chain, with an Admin and a User of each test's own. */
@SpringBootTest(classes = {SecuritySlice.class, AccessOverHttp.Elsewhere.class})
@AutoConfigureMockMvc
abstract class AccessOverHttp {
    static final String PASSWORD = "correct horse battery";

    @Autowired
    MockMvcTester http;

    @Autowired
    Accounts accounts;

    @Autowired
    ApiKeys keys;

    Actor admin;
    Actor user;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("drover.home", () -> "target/test-homes/" + UUID.randomUUID());
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        registry.add("spring.datasource.username", () -> "sa");
    }

    @BeforeEach
    void accounts() {
        admin = account(RoleType.ADMIN);
        user = account(RoleType.USER);
    }

    Actor account(RoleType role) {
        var name = "a" + UUID.randomUUID().toString().substring(0, 8);
        return accounts.create(name, role, "/", PASSWORD, Actor.SYSTEM).actor();
    }

    static RequestPostProcessor basic(Actor actor) {
        return httpBasic(actor.name(), PASSWORD);
    }

    /** What a script in the browser does: it sends the cookie's value back in a header. */
    static MockHttpServletRequest token(MockHttpServletRequest request) {
        request.setCookies(new Cookie("XSRF-TOKEN", "t0ken"));
        request.addHeader("X-XSRF-TOKEN", "t0ken");
        return request;
    }

    MockHttpSession session(Actor actor) {
        var login = http.post()
                .uri("/login")
                .param("username", actor.name())
                .param("password", PASSWORD)
                .with(AccessOverHttp::token)
                .exchange();
        assertThat(login).hasStatus(HttpStatus.FOUND).hasHeader(HttpHeaders.LOCATION, "/");
        return (MockHttpSession) login.getRequest().getSession();
    }

    /** Stands in for what others serve. */
    @TestComponent
    @RestController
    static class Elsewhere {
        @RequestMapping({"/engine-rest/**", "/camunda/**", "/actuator/**", "/v3/api-docs", "/swagger-ui/index.html"})
        String answer() {
            return "reached";
        }
    }
}
