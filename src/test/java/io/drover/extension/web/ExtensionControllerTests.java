package io.drover.extension.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.ExtensionUpdate;
import io.drover.extension.Extensions;
import io.drover.extension.Mapping;
import io.drover.extension.NewExtension;
import io.drover.extension.NodeReadiness;
import io.drover.extension.Readiness;
import io.drover.extension.RescanReport;
import io.drover.extension.Versions;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.Configuration;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
class ExtensionControllerTests {
    private static final Mapping BERLIN =
            new Mapping(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "berlin");

    @MockitoBean
    private ExtensionNodes nodes;

    @MockitoBean
    private Versions versions;

    @MockitoBean
    private Extensions extensions;

    @MockitoBean
    private Details details;

    @MockitoBean
    private CustomActions customActions;

    @TempDir
    private Path folder;

    private MockMvcTester http;
    private Extension demo;

    @BeforeEach
    void registerOne(@Autowired WebApplicationContext context) throws IOException {
        http = MockMvcTester.from(context);
        Files.createFile(folder.resolve("demo.sh"));
        var manifest = manifest();
        demo = new Extension(
                UUID.randomUUID(),
                "demo",
                null,
                folder,
                folder.resolve("demo.sh"),
                true,
                true,
                manifest,
                false,
                null,
                0,
                Instant.parse("2026-03-01T10:00:00Z"));
        given(extensions.get("demo")).willReturn(demo);
        var readiness = new Readiness(false, "demo.sh is not executable", "d1");
        given(nodes.everywhere(any()))
                .willReturn(List.of(new NodeReadiness("n1", readiness, Instant.parse("2026-03-01T10:00:00Z"))));
        given(extensions.mappings(any())).willReturn(List.of(BERLIN));
        given(details.masked(DetailOwner.EXTENSION, demo.id())).willReturn(Map.of("token", "******"));
        given(details.masked(DetailOwner.RESOURCE_MAP, BERLIN.id())).willReturn(Map.of("pool", "gold"));
    }

    @Test
    void showsAnExtension() {
        assertThat(http.get().uri("/api/v1/extensions/demo"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"id": "%s", "name": "demo", "type": "Orchestrator", "version": "1.2.3", "path": "demo.sh",
                         "directory": "%s", "enabled": true, "ready": false,
                         "notReadyBecause": "demo.sh is not executable", "userDefined": true, "prepare": true,
                         "digest": "%s", "details": {"token": "******"},
                         "clusters": [{"id": "%s", "name": "berlin"}], "managed": false,
                         "nodes": [{"name": "n1", "ready": false, "reason": "demo.sh is not executable", "digest": "d1",
                                    "checkedAt": "2026-03-01T10:00:00Z"}],
                         "verbs": ["deploy", "prepare"], "configuration": {}, "reservedDetails": [],
                         "createdAt": "2026-03-01T10:00:00Z"}
                        """.formatted(demo.id(), folder, "d1", BERLIN.clusterId()));
    }

    @Test
    void namesTheNodeThatIsNotReady() {
        var at = Instant.parse("2026-03-01T10:00:00Z");
        given(nodes.everywhere(any()))
                .willReturn(List.of(
                        new NodeReadiness("n1", new Readiness(true, null, "d1"), at),
                        new NodeReadiness("n2", new Readiness(false, "lib/a.sh differs", null), at)));
        assertThat(http.get().uri("/api/v1/extensions/demo"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"ready": false, "notReadyBecause": "node n2: lib/a.sh differs", "digest": "d1",
                         "nodes": [{"name": "n1", "ready": true}, {"name": "n2", "ready": false}]}
                        """);
    }

    @Test
    void listsPages() {
        given(extensions.list(new PageRequest(1, null))).willReturn(new Page<>(List.of(demo), "abc"));
        var answer = http.get().uri("/api/v1/extensions?limit=1").exchange();
        assertThat(answer).bodyJson().extractingPath("$.items[0].name").isEqualTo("demo");
        assertThat(answer).bodyJson().extractingPath("$.next").isEqualTo("abc");
    }

    @Test
    void createsWithDefaults() {
        var wanted = new NewExtension("demo", null, null, Map.of(), false, true);
        given(extensions.create(eq(wanted), eq(ControllerSlice.CALLER))).willReturn(demo);
        assertThat(post("/api/v1/extensions", "{\"name\": \"demo\"}"))
                .hasStatus(201)
                .hasHeader("Location", "/api/v1/extensions/" + demo.id());
    }

    @Test
    void passesEveryFieldOn() {
        var wanted = new NewExtension("demo", "d", "bin/x", Map.of("a", "b"), true, false);
        given(extensions.create(any(), any())).willReturn(demo);
        post("/api/v1/extensions", """
                {"name": "demo", "description": "d", "path": "bin/x", "details": {"a": "b"}, "prepare": true,
                 "enabled": false}
                """);
        verify(extensions).create(wanted, ControllerSlice.CALLER);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', /name",
        "'{\"name\": \"a\", \"colour\": 1}', /colour",
        "'{\"name\": \"a\", \"prepare\": \"x\"}', /prepare"
    })
    void namesTheFieldThatIsWrong(String body, String pointer) {
        assertThat(post("/api/v1/extensions", body))
                .hasStatus(400)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[0].pointer")
                .isEqualTo(pointer);
    }

    @Test
    void tellsOfARefusalAsAProblem() {
        given(extensions.get("none")).willThrow(ProblemException.notFound("extension", "none"));
        assertThat(http.get().uri("/api/v1/extensions/none"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/extension-not-found");
    }

    @Test
    void updatesWhatIsGiven() {
        given(extensions.update(any(), any(), any())).willReturn(demo);
        assertThat(http.patch()
                        .uri("/api/v1/extensions/demo")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"enabled\": false}"))
                .hasStatusOk();
        verify(extensions).update("demo", new ExtensionUpdate(null, false, null), ControllerSlice.CALLER);
    }

    @Test
    void enablesDisablesAndDeletes() {
        given(extensions.enable("demo", ControllerSlice.CALLER)).willReturn(demo);
        given(extensions.disable("demo", ControllerSlice.CALLER)).willReturn(demo);
        assertThat(http.post().uri("/api/v1/extensions/demo/enable")).hasStatusOk();
        assertThat(http.post().uri("/api/v1/extensions/demo/disable")).hasStatusOk();
        assertThat(http.delete().uri("/api/v1/extensions/demo?cleanup=true")).hasStatus(204);
        verify(extensions).delete("demo", true, ControllerSlice.CALLER);
    }

    @Test
    void rescans() {
        var report = new RescanReport(
                List.of(new RescanReport.Change("demo", "registered")),
                List.of(new RescanReport.Trouble("/x/extension.yaml", "is wrong")));
        given(extensions.rescan(ControllerSlice.CALLER)).willReturn(report);
        assertThat(http.post().uri("/api/v1/extensions/rescan"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"changes": [{"extension": "demo", "what": "registered"}],
                         "problems": [{"file": "/x/extension.yaml", "reason": "is wrong"}]}
                        """);
    }

    @Test
    void mapsClusters() {
        given(extensions.map("demo", "berlin", Map.of("pool", "gold"), ControllerSlice.CALLER))
                .willReturn(BERLIN);
        var body = "{\"cluster\": \"berlin\", \"details\": {\"pool\": \"gold\"}}";
        assertThat(post("/api/v1/extensions/demo/clusters", body))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.name")
                .isEqualTo("berlin");
        assertThat(http.get().uri("/api/v1/extensions/demo/clusters"))
                .bodyJson()
                .extractingPath("$.items[0].details.pool")
                .isEqualTo("gold");
    }

    @Test
    void changesAndEndsMappings() {
        given(extensions.updateMapping("demo", "berlin", Map.of("a", "1"), ControllerSlice.CALLER))
                .willReturn(BERLIN);
        assertThat(http.patch()
                        .uri("/api/v1/extensions/demo/clusters/berlin")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"details\": {\"a\": \"1\"}}"))
                .hasStatusOk();
        assertThat(http.delete().uri("/api/v1/extensions/demo/clusters/berlin")).hasStatus(204);
        verify(extensions).unmap("demo", "berlin", ControllerSlice.CALLER);
    }

    @Test
    @WithMockUser(roles = "RESOURCE_ADMIN")
    void letsAResourceAdminLookButNotBringCodeIn() {
        assertThat(http.get().uri("/api/v1/extensions/demo")).hasStatusOk();
        assertDenied(post("/api/v1/extensions", "{\"name\": \"demo\"}"));
        assertDenied(http.delete().uri("/api/v1/extensions/demo").exchange());
        assertDenied(http.post().uri("/api/v1/extensions/demo/enable").exchange());
    }

    @Test
    @WithMockUser(roles = {"DOMAIN_ADMIN", "USER"})
    void letsNobodyElseNear() {
        assertDenied(http.get().uri("/api/v1/extensions").exchange());
        assertDenied(http.get().uri("/api/v1/extensions/demo").exchange());
        assertDenied(http.post().uri("/api/v1/extensions/rescan").exchange());
        assertDenied(http.get().uri("/api/v1/extensions/demo/clusters").exchange());
        assertDenied(post("/api/v1/extensions/demo/clusters", "{\"cluster\": \"berlin\"}"));
        verifyNoInteractions(extensions);
    }

    private MvcTestResult post(String uri, String body) {
        return http.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static void assertDenied(MvcTestResult result) {
        assertThat(result).failure().hasRootCauseInstanceOf(AccessDeniedException.class);
    }

    private static ExtensionManifest manifest() {
        return new ExtensionManifest(
                "demo",
                "1.2.3",
                ExtensionManifest.ORCHESTRATOR,
                null,
                "demo.sh",
                true,
                Set.of("prepare", "deploy"),
                Map.of(),
                ExtensionManifest.Answers.DROVER,
                Map.of(),
                Map.of(),
                Set.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Configuration.NONE,
                List.of());
    }
}
