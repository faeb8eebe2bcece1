package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.Idempotent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retention: how long a response is replayed, by application and by endpoint. */
@Timeout(120)
class RetentionTest {

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "idempotency.retention=2h",
                "orders.retention=30m",
                "idempotency.purge.enabled=false",
                RunningApp.WITHOUT_RECENT_COMPLETIONS);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({"/default, 7200", "/own, 600", "/placeholder, 1800", "/fallback, 86400"})
    void retentionCountsFromCompletion(String path, long seconds) {
        app.post(path, RunningApp.newKey(), "{}");

        assertThat(app.jdbc().queryForMap("""
                                SELECT extract(epoch FROM expires_at - completed_at)::bigint AS seconds,
                                       completed_at > ? AS after_handling
                                FROM idempotency_record ORDER BY completed_at DESC LIMIT 1
                                """, Controller.handledAt))
                .isEqualTo(Map.of("seconds", seconds, "after_handling", true));
    }

    @Test
    void keyIsNewAfterItsRetentionEvenBeforeItIsPurged() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post("/default", key, "{}");
        endRetention();
        HttpResponse<String> second = app.post("/default", key, "{}");
        HttpResponse<String> replay = app.post("/default", key, "{}");

        assertThat(second.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(replay.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(replay.body()).isEqualTo(second.body());
    }

    @Test
    void keyWhoseRetentionIsOverMayServeAnotherRequest() {
        String key = RunningApp.newKey();
        app.post("/default", key, "{\"amount\": 1}");
        assertThat(app.post("/default", key, "{\"amount\": 2}").statusCode()).isEqualTo(422);
        endRetention();

        assertThat(app.post("/default", key, "{\"amount\": 2}").statusCode()).isEqualTo(200);
    }

    @Test
    void lazyApplicationMigratesGuardsAndPurgesFromTheStart() {
        try (RunningApp lazy = RunningApp.start(
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "spring.main.lazy-initialization=true",
                "orders.retention=30m",
                "idempotency.purge.interval=50ms")) {
            lazy.jdbc().update("""
                            INSERT INTO idempotency_record
                                (record_key, claim_token, completed_at, expires_at, fingerprint, response) VALUES
                                (gen_random_uuid(), gen_random_uuid(), now(), now() - interval '1 second', '\\x00', '\\x00')
                            """);
            await().atMost(Duration.ofSeconds(30)).until(() -> lazy.recordCount() == 0);

            String key = RunningApp.newKey();
            lazy.post("/default", key, "{}");
            assertThat(lazy.post("/default", key, "{}").headers().firstValue(RunningApp.REPLAYED))
                    .contains("true");
        }
    }

    private static void endRetention() {
        app.jdbc()
                .update("UPDATE idempotency_record SET completed_at = now() - interval '3 hours',"
                        + " expires_at = now() - interval '1 second'");
    }

    @EnableAutoConfiguration
    @Import(Controller.class)
    static class App {}

    @RestController
    static class Controller {

        static volatile OffsetDateTime handledAt;

        private final AtomicInteger executions = new AtomicInteger();
        private final JdbcTemplate jdbc;

        Controller(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/default")
        @Idempotent
        String byDefault() {
            return done() + executions.incrementAndGet();
        }

        @PostMapping("/own")
        @Idempotent(retention = "10m")
        String own() {
            return done();
        }

        @PostMapping("/placeholder")
        @Idempotent(retention = "${orders.retention}")
        String placeholder() {
            return done();
        }

        @PostMapping("/fallback")
        @Idempotent(retention = "${refunds.retention:1d}")
        String fallback() {
            return done();
        }

        private String done() {
            handledAt = jdbc.queryForObject("SELECT clock_timestamp()", OffsetDateTime.class);
            return "done";
        }
    }
}
