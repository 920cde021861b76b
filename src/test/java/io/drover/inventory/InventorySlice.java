package io.drover.inventory;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.access.SecretBox;
import io.drover.page.PageReader;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The module on a migrated database, with the ledger below it and stand-ins for accounts, keys and extensions. */
@EnableMethodSecurity
@ComponentScan(
        basePackages = {"io.drover.inventory", "io.drover.history", "io.drover.problem"},
        excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@EnableConfigurationProperties(PatchProperties.class)
@Import({CurrentActor.class, InventoryFixtures.class, PageReader.class})
class InventorySlice {
    static final String EXTENSION = "simulator";
    static final Instant NOW = Instant.parse("2026-11-02T03:04:05Z");

    @Bean
    Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    SecretBox secretBox() {
        var box = mock(SecretBox.class);
        when(box.seal(any())).thenAnswer(call -> "sealed:" + new StringBuilder(call.<String>getArgument(0)).reverse());
        when(box.open(any())).thenAnswer(call -> new StringBuilder(
                        call.<String>getArgument(0).substring(7))
                .reverse()
                .toString());
        return box;
    }

    @Bean
    Accounts accounts() {
        var accounts = mock(Accounts.class);
        when(accounts.number(any())).thenReturn(7L);
        return accounts;
    }

    @Bean
    ExtensionNames extensionNames(InventoryFixtures fixtures) {
        return new ExtensionNames() {
            @Override
            public UUID idOf(String reference) {
                if (!reference.equals(EXTENSION)) {
                    throw ProblemException.notFound("extension", reference);
                }
                return fixtures.extension();
            }

            @Override
            public String nameOf(UUID id) {
                return EXTENSION;
            }
        };
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    WebMvcConfigurer actors() {
        var known =
                Map.of("admin", InventoryFixtures.ADMIN, "ann", InventoryFixtures.ANN, "bob", InventoryFixtures.BOB);
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new HandlerMethodArgumentResolver() {
                    @Override
                    public boolean supportsParameter(MethodParameter parameter) {
                        return parameter.getParameterType() == Actor.class;
                    }

                    @Override
                    public Object resolveArgument(
                            MethodParameter parameter,
                            @Nullable ModelAndViewContainer container,
                            NativeWebRequest request,
                            @Nullable WebDataBinderFactory binders) {
                        return Objects.requireNonNull(
                                known.get(request.getUserPrincipal().getName()));
                    }
                });
            }
        };
    }
}
