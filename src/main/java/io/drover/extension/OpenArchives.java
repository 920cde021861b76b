package io.drover.extension;

import io.drover.access.SecretBox;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Parts of archives that were stored before archives were sealed. */
@Repository
class OpenArchives {
    private static final String FIND = """
            SELECT extension_id, digest, num, content FROM extension_version_part
            WHERE sealed = FALSE FETCH FIRST 1 ROW ONLY
            """;
    private static final String SEAL = """
            UPDATE extension_version_part SET content = :content, sealed = TRUE
            WHERE extension_id = :extension AND digest = :digest AND num = :num
            """;

    private final JdbcClient jdbc;
    private final SecretBox box;

    OpenArchives(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    private record Part(UUID extension, String digest, int num, byte[] content) {}

    /** Seals one after the other, since all of them may be more than fits into memory. */
    void seal() {
        for (var part = next(); part.isPresent(); part = next()) {
            jdbc.sql(SEAL)
                    .param("content", box.sealBytes(part.get().content()))
                    .param("extension", part.get().extension())
                    .param("digest", part.get().digest())
                    .param("num", part.get().num())
                    .update();
        }
    }

    private Optional<Part> next() {
        return jdbc.sql(FIND)
                .query((row, number) -> new Part(
                        row.getObject("extension_id", UUID.class),
                        row.getString("digest"),
                        row.getInt("num"),
                        row.getBytes("content")))
                .optional();
    }
}
