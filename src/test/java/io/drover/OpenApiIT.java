package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The committed OpenAPI document is what the server serves. {@code -Ddrover.openapi.write=true} writes it anew. */
@Tag("matrix")
class OpenApiIT extends WholeApplication {
    private static final Path COMMITTED = Path.of("docs/openapi.json");

    @Test
    void theCommittedDocumentIsTheOneServed() throws IOException {
        var served = normalised(admin.get("/v3/api-docs").text());
        if (Boolean.getBoolean("drover.openapi.write")) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(served)
                .as("run this test with -Ddrover.openapi.write=true and commit %s", COMMITTED)
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndASummary() {
        var ids = new ArrayList<String>();
        var paths = admin.get("/v3/api-docs").expecting(200).path("paths");
        paths.properties().forEach(path -> path.getValue().properties().forEach(method -> {
            var where = method.getKey() + " " + path.getKey();
            assertThat(path.getKey()).startsWith("/api/v1/");
            assertThat(method.getValue().path("summary").asText()).as(where).isNotBlank();
            assertThat(method.getValue().path("operationId").asText()).as(where).matches("[a-z][A-Za-z]+");
            ids.add(method.getValue().path("operationId").asText());
        }));
        assertThat(ids).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    }

    private static String normalised(String document) throws IOException {
        var indented = new DefaultPrettyPrinter();
        indented.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        indented.indentArraysWith(new DefaultIndenter("  ", "\n"));
        var json = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        var tree = json.readValue(document, Map.class);
        return json.writer(indented).writeValueAsString(tree) + "\n";
    }
}
