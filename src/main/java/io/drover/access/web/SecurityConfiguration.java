package io.drover.access.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Logins;
import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who gets in where: the one filter chain for everything the server answers. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:;"
            + " style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self';"
            + " frame-ancestors 'self'";

    /** What the login page needs, and what a load balancer asks. */
    private static final RequestMatcher OPEN = paths(
            "/login",
            "/logout",
            "/drover.css",
            "/favicon.svg",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness");

    /** The engine's own doors: deploying a process there is running code here. */
    private static final RequestMatcher ENGINE = paths("/engine-rest/**", "/camunda/**", "/actuator/**");

    /** What a worker needs; which of its topics an external task is of, the door itself looks at. */
    private static final RequestMatcher WORK = new OrRequestMatcher(
            Stream.of("fetchAndLock", "*/complete", "*/failure", "*/bpmnError", "*/extendLock", "*/unlock")
                    .map(path -> (RequestMatcher) PathPatternRequestMatcher.withDefaults()
                            .matcher(HttpMethod.POST, "/engine-rest/external-task/" + path))
                    .toList());

    /** Everybody whose business is more than external tasks. */
    private static final String[] ALL_BUT_WORKERS = Stream.of(RoleType.values())
            .filter(role -> role != RoleType.WORKER)
            .map(RoleType::name)
            .toArray(String[]::new);

    /** Camunda's web applications check tokens of their own. */
    private static final RequestMatcher OWN_CSRF = paths("/camunda/**");

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            Logins logins,
            PasswordLogin passwordLogin,
            SessionContexts contexts,
            Refusals refusals,
            ObjectMapper json)
            throws Exception {
        var apiKeys = new ApiKeyFilter(logins, contexts.ofOneRequest(), refusals);
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(WORK)
                        .hasAnyRole(RoleType.ADMIN.name(), RoleType.WORKER.name())
                        .requestMatchers(ENGINE)
                        .hasRole(RoleType.ADMIN.name())
                        .anyRequest()
                        .hasAnyRole(ALL_BUT_WORKERS))
                .authenticationManager(new ProviderManager(passwordLogin))
                .securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(cache -> cache.requestCache(pagesAskedFor()))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .addFilterBefore(apiKeys, BasicAuthenticationFilter.class)
                .addFilterBefore(new InitialPassword(json), AuthorizationFilter.class)
                .formLogin(form -> login(form, logins))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .csrf(SecurityConfiguration::csrf)
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /** NUL is in no value that anything here could have, and no text of PostgreSQL may have it. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    /** What the firewall refuses is told as any other refusal is. */
    @Bean
    RequestRejectedHandler rejections(ObjectMapper json) {
        return (request, response, rejected) -> ProblemResponses.write(
                ProblemException.invalid("path", "or a header has what no request may have", request.getMethod()),
                request,
                response,
                json);
    }

    private static void login(FormLoginConfigurer<HttpSecurity> form, Logins logins) {
        form.loginPage("/login")
                .failureHandler(SecurityConfiguration::backToLogin)
                .successHandler(new SavedRequestAwareAuthenticationSuccessHandler() {
                    @Override
                    public void onAuthenticationSuccess(
                            HttpServletRequest request, HttpServletResponse response, Authentication who)
                            throws ServletException, IOException {
                        if (who instanceof ActorAuthentication known && known.login() != null) {
                            logins.sessionBegins(known.login(), request.getRemoteAddr());
                        }
                        super.onAuthenticationSuccess(request, response, who);
                    }
                });
    }

    private static void backToLogin(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        var why = reason instanceof PasswordLogin.Refused ? "locked" : "error";
        response.sendRedirect(request.getContextPath() + "/login?" + why);
    }

    private static HttpSessionRequestCache pagesAskedFor() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(
                request -> HttpMethod.GET.matches(request.getMethod()) && Refusals.isForPeople(request));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    private static void csrf(CsrfConfigurer<HttpSecurity> csrf) {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        csrf.csrfTokenRepository(tokens)
                .csrfTokenRequestHandler(new BrowserCsrfTokens())
                .requireCsrfProtectionMatcher(request -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                        && !OWN_CSRF.matches(request)
                        && (!ShownCredentials.in(request) || ShownCredentials.mayBeForged(request)));
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY));
    }

    private static RequestMatcher paths(String... patterns) {
        var matchers = new RequestMatcher[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            matchers[i] = PathPatternRequestMatcher.withDefaults().matcher(patterns[i]);
        }
        return new OrRequestMatcher(matchers);
    }
}
