package io.drover.workflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.access.RoleType;
import io.drover.history.History;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class EngineRequestRecordTests {

    @ParameterizedTest
    @CsvSource({
        "GET,/engine-rest/task,false",
        "HEAD,/engine-rest/task,false",
        "OPTIONS,/engine-rest/task,false",
        "POST,/engine-rest/task,false",
        "POST,/engine-rest/task/count,false",
        "POST,/engine-rest/process-instance,false",
        "POST,/engine-rest/history/activity-instance/count,false",
        "POST,/engine-rest/engine/default/task,false",
        "POST,/camunda/api/engine/engine/default/task,false",
        "POST,/camunda/api/engine/engine/default/history/process-instance/count,false",
        "POST,/camunda/api/cockpit/plugin/base/default/process-instance/count,false",
        "POST,/camunda/api/cockpit/plugin/base/default/incident,false",
        "POST,/camunda/api/cockpit/plugin/base/default/incident/count,false",
        "POST,/camunda/api/cockpit/plugin/base/default/incident/,false",
        "POST,/camunda/api/cockpit/plugin/base/default/process-definition/vm-stop:1:2/called-process-definitions,false",
        "POST,/camunda/api/cockpit/plugin/base/default/process-instance/1-2/called-process-instances,false",
        "POST,/camunda/api/engine/engine/default/filter/1-2/list,false",
        "POST,/camunda/api/engine/engine/default/filter/1-2/count,false",
        "POST,/engine-rest/filter/1-2/singleResult,false",
        "POST,/engine-rest/identity/verify,false",
        "POST,/engine-rest/identity/password-policy,false",
        "POST,/engine-rest/migration/validate,false",
        "POST,/engine-rest/migration/generate,false",
        "POST,/engine-rest/filter/create,true",
        "POST,/engine-rest/task/1/count,true",
        "POST,/engine-rest/message/,true",
        "POST,/engine-rest/message,true",
        "POST,/engine-rest/signal,true",
        "POST,/engine-rest/condition,true",
        "POST,/engine-rest/engine/default/message,true",
        "POST,/engine-rest/history/cleanup,true",
        "POST,/camunda/api/engine/engine/default/history/cleanup,true",
        "POST,/engine-rest/task/abc/complete,true",
        "POST,/engine-rest/deployment/create,true",
        "POST,/engine-rest/process-definition/key/vm-start/start,true",
        "POST,/engine-rest/process-definition/key/default/start,true",
        "POST,/engine-rest/task/default/complete,true",
        "POST,/engine-rest/process-instance/delete,true",
        "POST,/engine-rest/history/process-instance/delete,true",
        "POST,/engine-rest/migration/execute,true",
        "POST,/engine-rest/external-task/fetchAndLock,false",
        "POST,/engine-rest/external-task/4/complete,true",
        "PUT,/engine-rest/job/1/retries,true",
        "PATCH,/engine-rest/x,true",
        "DELETE,/engine-rest/deployment/1,true",
        "DELETE,/camunda/api/engine/engine/default/process-instance/1,true"
    })
    void knowsWhatChangesSomething(String method, String path, boolean changes) {
        assertThat(EngineRequestRecord.changes(new MockHttpServletRequest(method, path)))
                .isEqualTo(changes);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302})
    void recordsWhoChangedSomething(int status) throws ServletException, IOException {
        var history = mock(History.class);
        var actor = new Actor(UUID.randomUUID(), "ann", RoleType.ADMIN, "/");
        var path = "/engine-rest/deployment/" + "x".repeat(200);

        pass(history, Optional.of(actor), path, status);

        verify(history).append(eq(actor), eq("engine.requested"), any(), eq(Map.of("method", "DELETE", "path", path)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 500})
    void recordsNothingThatFailed(int status) throws ServletException, IOException {
        var history = mock(History.class);

        pass(history, Optional.of(Actor.SYSTEM), "/engine-rest/deployment/1", status);

        verifyNoInteractions(history);
    }

    private static void pass(History history, Optional<Actor> actor, String path, int status)
            throws ServletException, IOException {
        var currentActor = mock(CurrentActor.class);
        when(currentActor.get()).thenReturn(actor);
        new EngineRequestRecord(history, currentActor)
                .doFilter(
                        new MockHttpServletRequest("DELETE", path),
                        new MockHttpServletResponse(),
                        (request, response) -> ((HttpServletResponse) response).setStatus(status));
    }
}
