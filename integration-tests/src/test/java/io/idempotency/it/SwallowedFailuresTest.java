package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import java.io.EOFException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** R4: a connection that the handler has lost is not its client's, whatever Spring MVC takes it for. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwallowedFailuresTest {

    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.start(Payments.class, RunningApp.WITHOUT_SECURITY);
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/transactional", "/leased", "/callable"})
    void lostConnectionOfTheHandlerIsNoEmptySuccess(String path) {
        String key = RunningApp.newKey();

        HttpResponse<String> failed = app.post(path, key, "{}");
        HttpResponse<String> retried = app.post(path, key, "{}");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(retried.body()).isEqualTo("paid");
        assertThat(retried.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(app.post(path, key, "{}").headers().firstValue(RunningApp.REPLAYED))
                .contains("true");
    }

    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Payments {}

    @RestController
    static class Handlers {

        private final Set<String> failed = ConcurrentHashMap.newKeySet();
        private final JdbcTemplate jdbc;

        Handlers(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/transactional")
        @Idempotent
        String transactional(@RequestBody String body, @RequestHeader(RunningApp.KEY) String key) {
            return pay(key);
        }

        @PostMapping("/leased")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        String leased(@RequestBody String body, @RequestHeader(RunningApp.KEY) String key) {
            return pay(key);
        }

        @PostMapping("/callable")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        Callable<String> callable(@RequestBody String body, @RequestHeader(RunningApp.KEY) String key) {
            return () -> pay(key);
        }

        /** Fails the first time as a driver or an HTTP client does whose connection ends. */
        private String pay(String key) {
            if (failed.add(key)) {
                throw new IllegalStateException("The provider is gone.", new EOFException());
            }
            return jdbc.queryForObject("SELECT 'paid'", String.class);
        }
    }
}
