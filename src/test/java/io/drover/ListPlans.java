package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DroverClient.Answer;
import io.drover.page.Asked;
import io.drover.page.Asked.Statement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** However rare what is asked for: the database reads few rows for a page of a list. */
@SpringBootTest(
        classes = DroverApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"drover.retention.operations=forever", "drover.retention.texts=forever"})
@Import(Asked.class)
@DirtiesContext
abstract class ListPlans {
    private static final int VMS = 10_000;
    private static final int ROWS = 60_000;

    /** What the merging of stretches reads, for pages of 50. */
    private static final int MOST_ROWS = 3000;

    private static final Pattern H2_READS = Pattern.compile("scanCount: (\\d+)");
    private static final Pattern POSTGRES_READS =
            Pattern.compile("Scan.*actual time=\\S+ rows=(\\d+)\\S* loops=(\\d+)|Rows Removed by \\w+: (\\d+)");

    @LocalServerPort
    private int port;

    @Value("${drover.home}")
    private Path home;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private JdbcClient client;

    private DroverClient admin;

    @BeforeEach
    void fill() throws IOException {
        admin = client(
                "admin",
                Files.readString(home.resolve("initial-admin-password")).strip());
        if (client.sql("SELECT COUNT(*) FROM account WHERE name = ?")
                        .param(ListData.BIG)
                        .query(Integer.class)
                        .single()
                == 0) {
            ListData.fill(client, isPostgres(), VMS, ROWS, ROWS);
        }
    }

    abstract boolean isPostgres();

    private DroverClient client(String name, String password) {
        return DroverClient.basic(URI.create("http://localhost:" + port), name, password);
    }

    private DroverClient caller(String role, String domain) {
        var name = WholeApplication.unique("a");
        var account = Map.of("name", name, "role", role, "domain", domain, "password", WholeApplication.PASSWORD);
        admin.post("/api/v1/accounts", account).expecting(201);
        return client(name, WholeApplication.PASSWORD);
    }

    @ParameterizedTest
    @FieldSource("io.drover.ListData#LISTS")
    void readsFewRowsForAPage(String list) {
        readsFewRows(admin, list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vms", "/vms?state=Error", "/operations", "/operations?state=CANCELLED", "/operations?verb=reboot",
                "/operations?vm=list-100", "/actions", "/actions?state=FAILED", "/actions?verb=reboot",
                        "/actions?state=PENDING"
            })
    void readsFewRowsForATenant(String list) {
        readsFewRows(caller("DomainAdmin", "/small"), list);
        readsFewRows(caller("DomainAdmin", "/nobody"), list.replaceAll("\\?vm=.*", ""));
        readsFewRows(caller("User", "/small"), list.replaceAll("\\?vm=.*", ""));
    }

    @Test
    void readsFewRowsDeepInAList() {
        for (var list :
                List.of("/operations?verb=stop&verb=status", "/actions?state=SUCCEEDED", "/history", "/vms?limit=40")) {
            var path = "/api/v1" + list;
            var next = admin.get(path).expecting(200).path("next").asText();
            readsFewRows(admin, list + (list.contains("?") ? "&" : "?") + "cursor=" + next);
        }
    }

    /** What the numbers below are worth. */
    @Test
    void seesHowMuchIsRead() {
        var everything = new Statement("SELECT COUNT(*) FROM action WHERE payload = ?", List.of("x"));
        assertThat(reads(plan(everything))).isGreaterThanOrEqualTo(ROWS);
    }

    private void readsFewRows(DroverClient caller, String list) {
        Asked.STATEMENTS.clear();
        Answer answer = caller.get("/api/v1" + list);
        answer.expecting(200);
        var statements = Asked.STATEMENTS.stream()
                .filter(asked -> asked.sql().contains(" LIMIT "))
                .toList();
        assertThat(statements).as("statements of %s", list).hasSize(1);
        var plan = plan(statements.get(0));
        assertThat(reads(plan))
                .as("%s reads by %s%n%s", list, statements.get(0), plan)
                .isLessThan(MOST_ROWS);
    }

    private String plan(Statement statement) {
        var lines = jdbc.queryForList(
                (isPostgres() ? "EXPLAIN (ANALYZE) " : "EXPLAIN ANALYZE ") + statement.sql(),
                String.class,
                statement.values().toArray());
        return String.join("\n", lines);
    }

    private long reads(String plan) {
        var found = (isPostgres() ? POSTGRES_READS : H2_READS).matcher(plan);
        List<Long> reads = new ArrayList<>();
        while (found.find()) {
            if (!isPostgres() || found.group(3) == null) {
                long loops = isPostgres() ? Long.parseLong(found.group(2)) : 1;
                reads.add(Long.parseLong(found.group(1)) * loops);
            } else {
                reads.add(Long.parseLong(found.group(3)));
            }
        }
        return reads.stream().mapToLong(Long::longValue).sum();
    }
}
