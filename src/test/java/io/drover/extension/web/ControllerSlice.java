package io.drover.extension.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.inventory.Revisions;
import io.drover.problem.web.ProblemResponses;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The module's controllers with problem details and method security, for a caller that is always the same. It has no
 * stereotype, so that no other test's scan finds it.
 */
@ImportAutoConfiguration({
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ValidationAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
@EnableMethodSecurity
@ComponentScan(basePackageClasses = ProblemResponses.class)
@Import({
    CustomActionAnswers.class,
    CustomActionController.class,
    ExtensionAnswers.class,
    ExtensionController.class,
    MappingController.class
})
class ControllerSlice implements WebMvcConfigurer {
    static final Actor CALLER = new Actor(UUID.randomUUID(), "root", RoleType.ADMIN, "/");

    /** Every version is the right one here. */
    @Bean
    Revisions revisions() {
        var revisions = mock(Revisions.class);
        when(revisions.of(any())).thenReturn("\"v\"");
        when(revisions.change(any(), any(), any()))
                .thenAnswer(call -> call.<Supplier<?>>getArgument(2).get());
        return revisions;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Actor.class;
            }

            @Override
            public Actor resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return CALLER;
            }
        });
    }
}
