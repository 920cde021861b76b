package io.drover.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** However long a text is that somebody enters, and wherever it is in the entry: the ledger keeps its beginning. */
class EntryBoundTests {
    private static final String LONG = "z".repeat(1_000_000);
    private static final String KEPT = "… (of 1000000 characters)";

    private final ObjectMapper json = new ObjectMapper();
    private final HistoryRepository repository = mock(HistoryRepository.class);
    private final History history = new History(repository, json, Clock.systemUTC());

    @Test
    void everyTextOfAnEntryIsBounded() throws JsonProcessingException {
        var entered = enter(Map.of(
                "error", Map.of("message", LONG), "applied", List.of("short", LONG), "count", 7, "vm", new UUID(1, 2)));

        assertThat(entered.at("/error/message").textValue()).hasSize(4000).endsWith("z" + KEPT);
        assertThat(entered.at("/applied/0").textValue()).isEqualTo("short");
        assertThat(entered.at("/applied/1").textValue()).hasSize(4000).endsWith("z" + KEPT);
        assertThat(entered.path("count").intValue()).isEqualTo(7);
        assertThat(entered.path("vm").textValue()).isEqualTo(new UUID(1, 2).toString());
    }

    @Test
    void noEntryHasHalfACharacter() throws JsonProcessingException {
        var entered = enter(Map.of("message", "z".repeat(3974) + "\uD83D\uDC04".repeat(100), "odd", "\uD83D"));

        assertThat(entered.path("message").textValue()).doesNotMatch("(?s).*[\\x{D800}-\\x{DFFF}].*");
        assertThat(entered.path("odd").textValue()).isEqualTo("\uFFFD");
    }

    private JsonNode enter(Map<String, ?> body) throws JsonProcessingException {
        var actor = new Actor(new UUID(1, 1), "ann", RoleType.ADMIN, "/");
        history.append(actor, "vm.tried", new Subject("vm", new UUID(1, 2), "web"), body);
        var written = ArgumentCaptor.forClass(String.class);
        verify(repository).add(any(), any(), any(), any(), any(), written.capture());
        return json.readTree(written.getValue());
    }
}
