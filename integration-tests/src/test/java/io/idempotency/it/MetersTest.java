package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.Idempotent;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.KeyScope;
import io.idempotency.core.RecordKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Section M: what became of requests, as actuator shows it to people and to Prometheus. */
@Timeout(120)
class MetersTest {

    private static final String KEY_IN_NO_TAG = "key-that-no-meter-may-show";

    private static RunningApp app;
    private static String prometheus;
    private static long records;

    @BeforeAll
    static void provokeEveryOutcome() throws Exception {
        app = RunningApp.start(
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "management.endpoints.web.exposure.include=metrics,prometheus",
                "idempotency.request.max-body-size=100B",
                "idempotency.response.max-body-size=100B",
                "idempotency.purge.interval=50ms");
        app.jdbc().execute("CREATE TABLE parent (id int PRIMARY KEY)");
        app.jdbc().execute("CREATE TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");

        app.post("/payments/17", KEY_IN_NO_TAG, "{}");
        app.post("/payments/17", KEY_IN_NO_TAG, "{}");
        app.post("/payments/17", KEY_IN_NO_TAG, "{\"other\":1}");
        app.post("/payments/18", RunningApp.newKey(), "{}");
        app.post("/payments/18", "", "{}");
        app.post("/payments/18", RunningApp.newKey(), "x".repeat(101));
        postWithoutKey("/payments/18");
        postWithoutKey("/optional");
        postTwice("/large");
        app.post("/failing", RunningApp.newKey(), "{}");
        app.post("/throwing", RunningApp.newKey(), "{}");
        app.post("/rolled-back", RunningApp.newKey(), "{}");
        app.post("/refused", RunningApp.newKey(), "{}");
        app.post("/robbed", RunningApp.newKey(), "{}");
        postDuplicateOfRunning();
        postWithoutTable();
        letRecordsBePurged();
        prometheus = app.get("/actuator/prometheus").body();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static void postWithoutKey(String path) {
        app.send(app.request(path)
                .header("Content-Type", RunningApp.JSON)
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private static void postTwice(String path) {
        String key = RunningApp.newKey();
        app.post(path, key, "{}");
        app.post(path, key, "{}");
    }

    private static void postDuplicateOfRunning() throws Exception {
        String key = RunningApp.newKey();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = other.submit(() -> app.post("/slow", key, "{}"));
            assertThat(Controller.STARTED.await(30, TimeUnit.SECONDS)).isTrue();
            app.post("/slow", key, "{}");
            Controller.GO_ON.countDown();
            first.get(30, TimeUnit.SECONDS);
        } finally {
            Controller.GO_ON.countDown();
            other.shutdownNow();
        }
    }

    private static void postWithoutTable() {
        app.jdbc().execute("ALTER TABLE idempotency_record RENAME TO away");
        app.post("/payments/18", RunningApp.newKey(), "{}");
        app.jdbc().execute("ALTER TABLE away RENAME TO idempotency_record");
    }

    private static void letRecordsBePurged() {
        records = app.recordCount();
        app.jdbc().execute("UPDATE idempotency_record SET expires_at = completed_at");
        await().atMost(Duration.ofSeconds(30)).until(() -> app.recordCount() == 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> app.get("/actuator/metrics/idempotency.records.purged")
                        .body()
                        .contains("\"value\":" + records));
    }

    @ParameterizedTest
    @CsvSource({
        "executed, /payments/{id}, 2",
        "replayed, /payments/{id}, 1",
        "key_reused, /payments/{id}, 1",
        "invalid_key, /payments/{id}, 1",
        "missing_key, /payments/{id}, 1",
        "body_too_large, /payments/{id}, 1",
        "store_unavailable, /payments/{id}, 1",
        "unguarded, /optional, 1",
        "executed, /large, 1",
        "response_not_kept, /large, 1",
        "released, /failing, 1",
        "released, /throwing, 1",
        "rolled_back, /rolled-back, 1",
        "commit_refused, /refused, 1",
        "claim_lost, /robbed, 1",
        "in_progress, /slow, 1",
        "executed, /slow, 1"
    })
    void everyRequestIsCountedOnceByOutcomeAndRoute(String outcome, String uri, int count) {
        assertThat(prometheus.lines())
                .contains("idempotency_requests_total{outcome=\"%s\",uri=\"%s\"} %d.0".formatted(outcome, uri, count));
    }

    @Test
    void nothingElseIsCounted() {
        assertThat(prometheus.lines().filter(line -> line.startsWith("idempotency_requests_total{")))
                .hasSize(17);
    }

    @Test
    void tagsShowNeitherKeysNorPaths() {
        assertThat(prometheus.lines().filter(line -> line.startsWith("idempotency_")))
                .noneMatch(line -> line.contains(KEY_IN_NO_TAG) || line.contains("/payments/17"));
        assertThat(app.get("/actuator/metrics/idempotency.requests").body())
                .contains("\"tag\":\"outcome\"")
                .contains("\"tag\":\"uri\"")
                .doesNotContain(KEY_IN_NO_TAG)
                .doesNotContain("/payments/17")
                .satisfies(body -> assertThat(body.split("\"tag\":", -1)).hasSize(3));
    }

    @Test
    void storeIsTimedByOperation() {
        for (String operation : List.of("claim", "complete", "purge")) {
            assertThat(valueOf("idempotency_store_seconds_count{operation=\"" + operation + "\"}"))
                    .as(operation)
                    .isPositive();
        }
        assertThat(app.get("/actuator/metrics/idempotency.store?tag=operation:claim")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ageOfReplaysIsTimed() {
        assertThat(valueOf("idempotency_replay_age_seconds_count")).isEqualTo(1);
        assertThat(app.get("/actuator/metrics/idempotency.replay.age").body()).contains("TOTAL_TIME");
    }

    @Test
    void purgedRecordsAreCounted() {
        assertThat(valueOf("idempotency_records_purged_total"))
                .isEqualTo(records)
                .isPositive();
    }

    private static double valueOf(String series) {
        return prometheus
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is not in\n" + prometheus));
    }

    @EnableAutoConfiguration
    @Import(Controller.class)
    static class App {}

    @RestController
    static class Controller {

        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CountDownLatch GO_ON = new CountDownLatch(1);

        private final JdbcTemplate jdbc;

        Controller(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/payments/{id}")
        @Idempotent
        String pay(@PathVariable String id, @RequestBody String body) {
            return "paid " + id;
        }

        @PostMapping("/optional")
        @Idempotent(required = false)
        String optional() {
            return "done";
        }

        @PostMapping("/large")
        @Idempotent
        String large() {
            return "x".repeat(101);
        }

        @PostMapping("/failing")
        @Idempotent
        ResponseEntity<String> failing() {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("later");
        }

        @PostMapping("/throwing")
        @Idempotent
        String throwing() {
            throw new IllegalStateException("The handler has a bug.");
        }

        @PostMapping("/rolled-back")
        @Idempotent
        @Transactional
        public String rolledBack() {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return "done";
        }

        @PostMapping("/refused")
        @Idempotent
        String refused() {
            jdbc.update("INSERT INTO child VALUES (1)");
            return "done";
        }

        @PostMapping("/robbed")
        @Idempotent
        String robbed(@RequestHeader("Idempotency-Key") String key) {
            ByteBuffer digest = ByteBuffer.wrap(RecordKey.of(new KeyScope(List.of("none", "")), new IdempotencyKey(key))
                    .toBytes());
            jdbc.update(
                    "INSERT INTO idempotency_record (record_key, claim_token, completed_at, expires_at, fingerprint)"
                            + " VALUES (?, gen_random_uuid(), now(), now(), 'x')",
                    new UUID(digest.getLong(), digest.getLong()));
            return "done";
        }

        @PostMapping("/slow")
        @Idempotent
        String slow() throws InterruptedException {
            STARTED.countDown();
            GO_ON.await(30, TimeUnit.SECONDS);
            return "done";
        }
    }
}
