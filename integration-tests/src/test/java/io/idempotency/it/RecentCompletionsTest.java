package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.Idempotent;
import io.idempotency.it.WireApp.ConnectionCounter;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Section D: a storm of retries does not reach the database, which is asked nothing without a connection. */
@Timeout(120)
class RecentCompletionsTest {

    private static final int COPIES = 200;

    private static RunningApp node;
    private static RunningApp otherNode;
    private static RunningApp forgetfulNode;

    @BeforeAll
    static void start() {
        String database = PostgresUnderTest.newDatabase().url();
        node = startNode(database, "idempotency.recent-completions.max-age=1h");
        otherNode = startNode(database, "idempotency.recent-completions.max-age=1h");
        forgetfulNode = startNode(database, RunningApp.WITHOUT_RECENT_COMPLETIONS);
    }

    private static RunningApp startNode(String database, String memory) {
        return RunningApp.start(
                database, App.class, RunningApp.WITHOUT_SECURITY, "idempotency.purge.enabled=false", memory);
    }

    @AfterAll
    static void stop() {
        node.close();
        otherNode.close();
        forgetfulNode.close();
    }

    @Test
    void stormOfReplaysTakesNoConnection() throws Exception {
        String key = RunningApp.newKey();
        HttpResponse<String> first = node.post("/orders", key, "{}");
        long before = connections(node);

        assertThat(storm(node, key)).hasSize(COPIES).allSatisfy(copy -> assertReplayOf(first, copy));
        assertThat(connections(node)).isEqualTo(before);
    }

    @Test
    void stormOnAnotherNodeTakesOneConnection() throws Exception {
        String key = RunningApp.newKey();
        HttpResponse<String> first = node.post("/orders", key, "{}");
        long before = connections(otherNode);

        assertThat(storm(otherNode, key)).hasSize(COPIES).allSatisfy(copy -> assertReplayOf(first, copy));
        assertThat(connections(otherNode)).isEqualTo(before + 1);
    }

    @Test
    void everyReplayIsReadFromTheDatabaseWhereNothingIsRemembered() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = forgetfulNode.post("/orders", key, "{}");
        long before = connections(forgetfulNode);

        for (int copy = 1; copy <= 5; copy++) {
            assertReplayOf(first, forgetfulNode.post("/orders", key, "{}"));
            assertThat(connections(forgetfulNode)).isEqualTo(before + copy);
        }
    }

    @Test
    void anotherRequestWithTheKeyIsRefusedWithoutAConnection() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = node.post("/orders", key, "{\"amount\": 1}");
        long before = connections(node);

        HttpResponse<String> other = node.post("/orders", key, "{\"amount\": 2}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"code\":\"key-reused\"");
        assertReplayOf(first, node.post("/orders", key, "{ \"amount\": 1.0 }"));
        assertThat(connections(node)).isEqualTo(before);
    }

    @Test
    void releasedAnswerIsExecutedAgain() {
        String key = RunningApp.newKey();

        assertThat(node.post("/unavailable", key, "{}").body())
                .isNotEqualTo(node.post("/unavailable", key, "{}").body());
    }

    @Test
    void keyIsNewAfterAShortRetentionOnEveryNodeThatRemembersIt() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = node.post("/brief", key, "{}");

        for (RunningApp asked : List.of(otherNode, node)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !asked.post("/brief", key, "{}").body().equals(first.body()));
        }
        assertThat(node.recordCount()).isPositive();
    }

    @Test
    void recordThatIsDeletedByHandIsReplayedByTheNodesThatRememberIt() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = node.post("/orders", key, "{}");
        node.jdbc().update("DELETE FROM idempotency_record");

        assertReplayOf(first, node.post("/orders", key, "{}"));
        assertThat(forgetfulNode.post("/orders", key, "{}").headers().firstValue(RunningApp.REPLAYED))
                .isEmpty();
    }

    @Test
    void storeInMemoryIsSparedAsWell() {
        try (RunningApp app = RunningApp.start(App.class, RunningApp.WITHOUT_SECURITY, LightApp.MEMORY)) {
            String key = RunningApp.newKey();
            HttpResponse<String> first = app.post("/orders", key, "{}");

            assertReplayOf(first, app.post("/orders", key, "{}"));
            assertThat(app.bean(MeterRegistry.class)
                            .get("idempotency.store")
                            .tag("operation", "claim")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    private static List<HttpResponse<String>> storm(RunningApp app, String key) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int copy = 0; copy < COPIES; copy++) {
                sent.add(clients.submit(() -> app.post("/orders", key, "{}")));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : sent) {
                answers.add(answer.get(30, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    private static long connections(RunningApp app) {
        return app.bean(ConnectionCounter.class).taken();
    }

    private static void assertReplayOf(HttpResponse<String> first, HttpResponse<String> replay) {
        TransactionFaultsTest.assertReplayOf(first, replay);
    }

    @EnableAutoConfiguration
    @Import(Controller.class)
    static class App {

        @Bean
        static ConnectionCounter connectionCounter() {
            return new ConnectionCounter();
        }
    }

    @RestController
    static class Controller {

        private static final AtomicInteger EXECUTIONS = new AtomicInteger();

        @PostMapping("/orders")
        @Idempotent
        String order() {
            return executed();
        }

        @PostMapping("/brief")
        @Idempotent(retention = "1s")
        String brief() {
            return executed();
        }

        @PostMapping("/unavailable")
        @Idempotent
        ResponseEntity<String> unavailable() {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(executed());
        }

        private static String executed() {
            return "execution " + EXECUTIONS.incrementAndGet();
        }
    }
}
