package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Section S: the four states of a key, on the wire. */
@Timeout(60)
class FourStatesTest {

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(App.class, RunningApp.WITHOUT_SECURITY);
        app.jdbc().execute("CREATE TABLE payment (id bigint GENERATED ALWAYS AS IDENTITY, amount int)");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void newKeyIsExecutedAndCompletedKeyIsReplayed() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post("/payments", key, "{\"amount\": 5}");
        HttpResponse<String> second = app.post("/payments", key, "{ \"amount\":5.0 }");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue(RunningApp.REPLAYED)).contains("true");
    }

    @Test
    void keyOfAnotherRequestIsRefused() {
        String key = RunningApp.newKey();
        app.post("/payments", key, "{\"amount\": 5}");
        HttpResponse<String> other = app.post("/payments", key, "{\"amount\": 6}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"code\":\"key-reused\"");
    }

    @Test
    void duplicateOfRunningRequestIsAnsweredInProgress() throws Exception {
        String key = RunningApp.newKey();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<HttpResponse<String>> first = other.submit(() -> app.post("/slow", key, "{}"));
            Slow.STARTED.await();
            HttpResponse<String> duplicate = app.post("/slow", key, "{}");
            Slow.GO_ON.countDown();

            assertThat(duplicate.statusCode()).isEqualTo(409);
            assertThat(duplicate.headers().firstValue("Retry-After")).contains("1");
            assertThat(first.get().statusCode()).isEqualTo(200);
        } finally {
            other.shutdownNow();
        }
    }

    static final class Slow {
        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CountDownLatch GO_ON = new CountDownLatch(1);
    }

    @EnableAutoConfiguration
    @RestController
    static class App {

        private final JdbcTemplate jdbc;

        App(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/payments")
        @Idempotent
        @ResponseStatus(HttpStatus.CREATED)
        Map<String, Object> pay(@RequestBody Map<String, Object> body) {
            return jdbc.queryForMap(
                    "INSERT INTO payment (amount) VALUES (?) RETURNING id", ((Number) body.get("amount")).intValue());
        }

        @PostMapping("/slow")
        @Idempotent
        String slow() throws InterruptedException {
            Slow.STARTED.countDown();
            Slow.GO_ON.await();
            return "done";
        }
    }
}
