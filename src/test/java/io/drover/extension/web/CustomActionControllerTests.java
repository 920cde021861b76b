package io.drover.extension.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.Extension;
import io.drover.extension.Extensions;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.ActionDefinitionReader;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = ControllerSlice.class)
@WithMockUser(roles = "ADMIN")
class CustomActionControllerTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACTIONS = "/api/v1/extensions/demo/actions";
    private static final String BODY = """
            {"name": "Take It", "description": "d", "allowedRoleTypes": ["User"], "timeout": 7,
             "parameters": [{"name": "p", "type": "NUMBER", "options": ["1"], "required": true}],
             "successMessage": "s", "details": {"token": "hidden"}}
            """;

    @MockitoBean
    private io.drover.extension.ExtensionNodes nodes;

    @MockitoBean
    private io.drover.extension.Versions versions;

    @MockitoBean
    private Extensions extensions;

    @MockitoBean
    private Details details;

    @MockitoBean
    private CustomActions actions;

    private MockMvcTester http;
    private Extension demo;
    private CustomAction action;

    @BeforeEach
    void defineOne(@Autowired WebApplicationContext context) throws IOException {
        http = MockMvcTester.from(context);
        var since = Instant.parse("2026-03-01T10:00:00Z");
        var manifest = ExtensionManifest.bare("demo", null, "demo.sh", false);
        demo = new Extension(
                UUID.randomUUID(),
                "demo",
                null,
                Path.of("x"),
                Path.of("x/demo.sh"),
                true,
                true,
                manifest,
                false,
                null,
                0,
                since);
        var definition = ActionDefinitionReader.read(JSON.readTree(BODY));
        action = new CustomAction(UUID.randomUUID(), demo.id(), definition.withoutDetails(), false, true, since);
        given(extensions.get("demo")).willReturn(demo);
        given(actions.get(demo, "Take It")).willReturn(action);
        given(details.masked(DetailOwner.CUSTOM_ACTION, action.id())).willReturn(Map.of("token", "******"));
        given(details.masked(DetailOwner.CUSTOM_ACTION, List.of(action.id())))
                .willReturn(Map.of(action.id(), Map.of("token", "******")));
    }

    @Test
    void showsAnAction() {
        assertThat(http.get().uri(ACTIONS + "/Take It"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"id": "%s", "name": "Take It", "description": "d", "resourceType": "VirtualMachine",
                         "allowedRoleTypes": ["Admin", "User"],
                         "parameters": [{"name": "p", "type": "NUMBER", "validationFormat": "NONE", "required": true,
                                         "options": ["1"]}],
                         "successMessage": "s", "timeout": 7, "repeatable": false, "enabled": true, "secretFields": [],
                         "fromManifest": true, "details": {"token": "******"}, "createdAt": "2026-03-01T10:00:00Z"}
                        """.formatted(action.id()));
    }

    @Test
    void listsPagesOfThoseThatAreEnabled() {
        given(actions.list(demo, true, new PageRequest(1, null))).willReturn(new Page<>(List.of(action), "abc"));
        var answer = http.get().uri(ACTIONS + "?limit=1&enabled=true").exchange();
        assertThat(answer).bodyJson().extractingPath("$.items[0].details.token").isEqualTo("******");
        assertThat(answer).bodyJson().extractingPath("$.next").isEqualTo("abc");
    }

    @Test
    void createsWhatIsGiven() throws IOException {
        given(actions.create(eq(demo), eq(JSON.readTree(BODY)), eq(ControllerSlice.CALLER)))
                .willReturn(action);
        assertThat(http.post()
                        .uri(ACTIONS)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(BODY))
                .hasStatus(201)
                .hasHeader("Location", "/api/v1/extensions/" + demo.id() + "/actions/" + action.id());
    }

    @Test
    void changesAndDeletes() throws IOException {
        given(actions.update(any(), any(), any(), any())).willReturn(action);
        assertThat(http.patch()
                        .uri(ACTIONS + "/Take It")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"enabled\": false}"))
                .hasStatusOk();
        verify(actions).update(demo, "Take It", JSON.readTree("{\"enabled\": false}"), ControllerSlice.CALLER);
        assertThat(http.delete().uri(ACTIONS + "/Take It")).hasStatus(204);
        verify(actions).delete(demo, "Take It", ControllerSlice.CALLER);
    }

    @Test
    @WithMockUser(roles = "RESOURCE_ADMIN")
    void letsAResourceAdminLookButNotDefine() {
        assertThat(http.get().uri(ACTIONS + "/Take It")).hasStatusOk();
        assertDenied(http.post()
                .uri(ACTIONS)
                .contentType(MediaType.APPLICATION_JSON)
                .content(BODY)
                .exchange());
        assertDenied(http.delete().uri(ACTIONS + "/Take It").exchange());
    }

    @Test
    @WithMockUser(roles = "USER")
    void letsNobodyElseNear() {
        assertDenied(http.get().uri(ACTIONS).exchange());
        assertDenied(http.get().uri(ACTIONS + "/Take It").exchange());
        verifyNoInteractions(actions);
    }

    private static void assertDenied(MvcTestResult result) {
        assertThat(result).failure().hasRootCauseInstanceOf(AccessDeniedException.class);
    }
}
