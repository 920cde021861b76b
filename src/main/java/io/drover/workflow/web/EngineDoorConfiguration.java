package io.drover.workflow.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.CurrentActor;
import io.drover.history.History;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine's own REST and web applications, which lie behind Drover's login and leave Drover's records. */
@Configuration(proxyBeanMethods = false)
class EngineDoorConfiguration {
    private static final int AFTER_LOGIN = SecurityProperties.DEFAULT_FILTER_ORDER + 1;

    /** Tells Camunda's web applications who is logged in, so that they have no login of their own. */
    @Bean
    FilterRegistrationBean<EngineApplications> engineLogin() {
        var registration = new FilterRegistrationBean<>(new EngineApplications());
        registration.addInitParameter("authentication-provider", EngineLogin.class.getName());
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(AFTER_LOGIN);
        return registration;
    }

    @Bean
    FilterRegistrationBean<AccountsElsewhere> accountsElsewhere(ObjectMapper json) {
        var registration = new FilterRegistrationBean<>(new AccountsElsewhere(json));
        registration.addUrlPatterns("/camunda/app/admin/*");
        registration.setOrder(AFTER_LOGIN);
        return registration;
    }

    @Bean
    FilterRegistrationBean<EngineRequestRecord> engineRequestRecord(History history, CurrentActor currentActor) {
        var registration = new FilterRegistrationBean<>(new EngineRequestRecord(history, currentActor));
        registration.addUrlPatterns("/camunda/api/*", "/engine-rest/*");
        registration.setOrder(AFTER_LOGIN + 1);
        return registration;
    }
}
