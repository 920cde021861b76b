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
        return new OpenAPI()
                .info(new Info()
                        .title("Drover API")
                        .version("v1")
                        .description("Drives virtual machines through their life, every action on the record"))
                .addServersItem(new Server().url("/").description("The server that this document is from"))
                .components(new Components().addSecuritySchemes(BASIC, basic).addSecuritySchemes(API_KEY, apiKey))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY));
    }
}
