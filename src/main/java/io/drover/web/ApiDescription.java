package io.drover.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API's description says beside its paths: its name and the ways to log in. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String BASIC = "basic";
    private static final String API_KEY = "apiKey";
    private static final String BEARER = "bearer";

    private static final String TEXT = """
            Drives virtual machines through their life, every action on the record.

            Press **Authorize** and give a name and password, or an API key: the curl that is shown for a request then works \
            as it is. Without that, requests from this page are those of your login at `/login`, and a curl has no login.

            The examples work on the demo inventory of a first start. Those that refer to `web-1`, `lab` and `sales-ops` come \
            after the ones that make them: `deployVm`, `createCluster`, `createAccount`.
            """;

    @Bean
    OpenAPI openApi() {
        var basic = new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("Name and password of an account");
        var apiKey = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-API-Key")
                .description("A key made at /api/v1/api-keys");
        var bearer = new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("The same key, in the header Authorization");
        return new OpenAPI()
                .info(new Info().title("Drover API").version("v1").description(TEXT))
                .addServersItem(new Server().url("/").description("The server that this document is from"))
                .components(components()
                        .addSecuritySchemes(BASIC, basic)
                        .addSecuritySchemes(API_KEY, apiKey)
                        .addSecuritySchemes(BEARER, bearer))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    private static Components components() {
        var components = new Components();
        ProblemSchemas.addTo(components);
        for (var refusal : Refusal.values()) {
            components.addResponses(refusal.component(), refusal.response());
        }
        return components;
    }
}
