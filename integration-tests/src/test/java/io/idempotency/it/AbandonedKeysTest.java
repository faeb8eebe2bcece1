package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.AbandonedKeyOperations;
import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Section L: what a lost node left open is resolved by people. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AbandonedKeysTest {

    private static final String ENABLED = "idempotency.abandoned-keys.enabled=true";
    private static final String OPEN = "management.endpoint.abandonedkeys.access=unrestricted";
    private static final String EXPOSED = "management.endpoints.web.exposure.include=abandonedkeys";
    private static final String OFTEN = "idempotency.lease.renewal-interval=50ms";
    private static final String ENDPOINT = "/actuator/abandonedkeys";
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
    private static final Pattern ONE_KEY = Pattern.compile(
            "\\{\"keys\":\\[\\{\"id\":\"([0-9a-f]{32})\",\"attempt\":(\\d+),\"since\":\"PT[0-9HMS.]+\"}]}");

    private static RunningApp app;
    private static RunningApp other;

    private static final List<Future<HttpResponse<String>>> LOST = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        String[] settings = {
            RunningApp.WITHOUT_SECURITY, RunningApp.WITHOUT_RECENT_COMPLETIONS, OFTEN, ENABLED, OPEN, EXPOSED
        };
        app = RunningApp.start(App.class, settings);
        other = RunningApp.start(databaseUrl(), App.class, settings);
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @BeforeEach
    void empty() {
        app.jdbc().execute("TRUNCATE idempotency_record");
        Handlers.attempts.clear();
    }

    @AfterEach
    void letEverybodyEnd() throws Exception {
        comeBack();
    }

    @Test
    void lostPaymentIsFoundOutAboutAnsweredForAndReplayed(CapturedOutput log) throws Exception {
        String key = RunningApp.newKey();
        loseNode(key);
        HttpResponse<String> refused = other.post("/payments", key, "{\"a\":1}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"code\":\"outcome-unknown\"");

        String id = onlyKey(other, 1);
        assertThat(log).contains("key " + id).doesNotContain(key);
        HttpResponse<String> resolved = resolve(
                other,
                id,
                "{\"status\":201,\"contentType\":\"application/json\",\"location\":\"/payments/7\",\"body\":\"{\\\"ü\\\":7}\"}");
        assertThat(resolved.statusCode()).isEqualTo(204);

        HttpResponse<String> retry = other.post("/payments", key, "{\"a\":1.0}");
        assertThat(retry.statusCode()).isEqualTo(201);
        assertThat(retry.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(retry.headers().firstValue("Location")).contains("/payments/7");
        assertThat(retry.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(retry.body()).isEqualTo("{\"ü\":7}");
        assertThat(other.post("/payments", key, "{\"a\":2}").statusCode()).isEqualTo(422);
        assertThat(keys(other)).isEqualTo("{\"keys\":[]}");
        assertThat(comeBack()).extracting(HttpResponse::statusCode).containsExactly(503);
        assertThat(Handlers.attempts).containsExactly(1);
    }

    @Test
    void deletedKeyIsExecutedByTheNextRequest() throws Exception {
        String key = RunningApp.newKey();
        loseNode(key);
        assertThat(other.post("/payments", key, "{\"a\":1}").statusCode()).isEqualTo(409);
        assertThat(delete(other, onlyKey(other, 1)).statusCode()).isEqualTo(204);
        assertThat(keys(other)).isEqualTo("{\"keys\":[]}");

        HttpResponse<String> retry = other.post("/payments", key, "{\"a\":1}");
        assertThat(retry.statusCode()).isEqualTo(201);
        assertThat(retry.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(retry.body()).isEqualTo("by attempt 2");
        assertThat(comeBack()).extracting(HttpResponse::statusCode).containsExactly(503);
        assertThat(other.post("/payments", key, "{\"a\":1}").body()).isEqualTo("by attempt 2");
        assertThat(Handlers.attempts).containsExactly(1, 2);
    }

    @Test
    void statusAloneIsAnAnswer() throws Exception {
        String key = RunningApp.newKey();
        loseNode(key);
        assertThat(resolve(app, onlyKey(app, 1), "{\"status\":410}").statusCode())
                .isEqualTo(204);

        HttpResponse<String> retry = other.post("/payments", key, "{\"a\":1}");
        assertThat(retry.statusCode()).isEqualTo(410);
        assertThat(retry.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(retry.body()).isEmpty();
    }

    @Test
    void keyThatIsNotAbandonedIsNotFound() {
        String key = RunningApp.newKey();
        String completed = app.post("/digest", key, "{}").body();

        for (String id : List.of(UNKNOWN, completed)) {
            assertThat(delete(app, id).statusCode()).isEqualTo(404);
            assertThat(resolve(app, id, "{\"status\":201}").statusCode()).isEqualTo(404);
        }
        assertThat(app.post("/digest", key, "{}").body()).isEqualTo(completed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdef0"})
    void whatNamesNoKeyIsRefusedWithAMessage(String id) {
        for (HttpResponse<String> answer : List.of(delete(app, id), resolve(app, id, "{\"status\":201}"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("32 hexadecimal digits");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 600, -1})
    void statusThatEndsNoRequestIsRefusedWithAMessage(int status) throws Exception {
        loseNode(RunningApp.newKey());
        String id = onlyKey(app, 1);
        HttpResponse<String> answer = resolve(app, id, "{\"status\":" + status + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("from 200 to 599");
        assertThat(onlyKey(app, 1)).isEqualTo(id);
    }

    @Test
    void answerWithoutAStatusIsRefused() throws Exception {
        loseNode(RunningApp.newKey());
        String id = onlyKey(app, 1);

        assertThat(resolve(app, id, "{\"body\":\"x\"}").statusCode()).isEqualTo(400);
        assertThat(resolve(app, id, "{\"status\":\"paid\"}").statusCode()).isEqualTo(400);
        assertThat(onlyKey(app, 1)).isEqualTo(id);
    }

    @Test
    void keysInMemoryAreResolvedLikewise() {
        try (RunningApp memory = inMemory(ENABLED, OPEN, EXPOSED)) {
            String key = RunningApp.newKey();
            memory.post("/silent", key, "{}");
            await().atMost(Duration.ofSeconds(30)).until(() -> !keys(memory).equals("{\"keys\":[]}"));
            assertThat(memory.post("/silent", key, "{}").statusCode()).isEqualTo(409);
            assertThat(delete(memory, UNKNOWN).statusCode()).isEqualTo(404);
            assertThat(delete(memory, onlyKey(memory, 1)).statusCode()).isEqualTo(204);
            memory.post("/silent", key, "{}");
            await().atMost(Duration.ofSeconds(30)).until(() -> !keys(memory).equals("{\"keys\":[]}"));
            assertThat(resolve(memory, onlyKey(memory, 2), "{\"status\":200,\"body\":\"told\"}")
                            .statusCode())
                    .isEqualTo(204);

            HttpResponse<String> retry = memory.post("/silent", key, "{}");
            assertThat(retry.body()).isEqualTo("told");
            assertThat(retry.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        }
    }

    @Test
    void nothingIsThereUnlessItIsAskedFor() {
        try (RunningApp closed = inMemory("management.endpoints.web.exposure.include=*", OPEN)) {
            assertThat(closed.context().getBeanNamesForType(AbandonedKeyOperations.class))
                    .isEmpty();
            assertThat(closed.get(ENDPOINT).statusCode()).isEqualTo(404);
            assertThat(closed.get("/actuator").body()).contains("health").doesNotContain("abandoned");
        }
    }

    @ParameterizedTest
    @CsvSource({"exposure.include=*, none", "exposure.include=health, unrestricted"})
    void endpointIsClosedUntilItIsOpenedAndExposed(String exposure, String access) {
        String opened = access.equals("none") ? "management.server.base-path=" : OPEN;
        try (RunningApp closed = inMemory(ENABLED, "management.endpoints.web." + exposure, opened)) {
            assertThat(closed.bean(AbandonedKeyOperations.class).find(1)).isEmpty();
            assertThat(closed.get(ENDPOINT).statusCode()).isEqualTo(404);
            assertThat(delete(closed, UNKNOWN).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void endpointCanBeOpenedForReadingAlone() throws Exception {
        String access = "management.endpoint.abandonedkeys.access=read-only";
        try (RunningApp reading = RunningApp.start(
                databaseUrl(), App.class, RunningApp.WITHOUT_SECURITY, OFTEN, ENABLED, access, EXPOSED)) {
            loseNode(RunningApp.newKey());
            String id = onlyKey(reading, 1);

            assertThat(delete(reading, id).statusCode()).isIn(404, 405);
            assertThat(resolve(reading, id, "{\"status\":201}").statusCode()).isIn(404, 405);
            assertThat(onlyKey(reading, 1)).isEqualTo(id);
        }
    }

    @Test
    void applicationWithoutActuatorHasTheBeanAlone() {
        LightApp.runner()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .withPropertyValues(LightApp.MEMORY, ENABLED)
                .run(context -> assertThat(
                                context.getBean(AbandonedKeyOperations.class).find(1))
                        .isEmpty());
    }

    private static RunningApp inMemory(String... properties) {
        List<String> all = new ArrayList<>(List.of(RunningApp.WITHOUT_SECURITY, OFTEN, LightApp.MEMORY));
        all.addAll(List.of(properties));
        return RunningApp.start(databaseUrl(), App.class, all.toArray(String[]::new));
    }

    private static String databaseUrl() {
        return app.context().getEnvironment().getRequiredProperty("spring.datasource.url");
    }

    /** As if the node had died in the middle: its thread comes back when the test says so. */
    private static void loseNode(String key) throws InterruptedException {
        Handlers.running = new CountDownLatch(1);
        Handlers.mayGoOn = new CountDownLatch(1);
        Handlers.dies = true;
        ExecutorService client = Executors.newSingleThreadExecutor();
        LOST.add(client.submit(() -> app.post("/payments", key, "{\"a\":1}")));
        client.shutdown();
        Handlers.running.await();
        Handlers.dies = false;
        app.jdbc()
                .update("UPDATE idempotency_record SET lease_until = now() - interval '1 second'"
                        + " WHERE completed_at IS NULL");
    }

    private static List<HttpResponse<String>> comeBack() throws Exception {
        Handlers.mayGoOn.countDown();
        List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();
        for (Future<HttpResponse<String>> call : LOST) {
            answers.add(call.get(30, TimeUnit.SECONDS));
        }
        LOST.clear();
        return answers;
    }

    private static String keys(RunningApp asked) {
        return asked.get(ENDPOINT).body();
    }

    /** The whole list, which names one key and tells nothing else of it. */
    private static String onlyKey(RunningApp asked, int attempt) {
        String all = keys(asked);
        Matcher one = ONE_KEY.matcher(all);
        assertThat(one.matches()).as(all).isTrue();
        assertThat(one.group(2)).isEqualTo(String.valueOf(attempt));
        return one.group(1);
    }

    private static HttpResponse<String> delete(RunningApp asked, String id) {
        return asked.send(asked.request(ENDPOINT + "/" + id).DELETE().build());
    }

    private static HttpResponse<String> resolve(RunningApp asked, String id, String json) {
        return asked.send(asked.request(ENDPOINT + "/" + id)
                .header("Content-Type", RunningApp.JSON)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class App {}

    @RestController
    static class Handlers {

        static final List<Integer> attempts = new CopyOnWriteArrayList<>();
        static volatile CountDownLatch running = new CountDownLatch(1);
        static volatile CountDownLatch mayGoOn = new CountDownLatch(1);
        static volatile boolean dies;

        @PostMapping("/payments")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "10m", onTakeover = Takeover.REFUSE)
        ResponseEntity<String> pay(@RequestBody String body, IdempotencyContext context) throws InterruptedException {
            attempts.add(context.attempt());
            if (dies) {
                running.countDown();
                mayGoOn.await();
            }
            return ResponseEntity.status(201).body("by attempt " + context.attempt());
        }

        @PostMapping("/digest")
        @Idempotent(mode = ExecutionMode.LEASED)
        String digest(@RequestBody String body, IdempotencyContext context) {
            return context.keyDigest();
        }

        /** Times out, so that nobody knows whether its work goes on. */
        @PostMapping("/silent")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "200ms", onTakeover = Takeover.REFUSE)
        DeferredResult<String> silent(@RequestBody String body) {
            return new DeferredResult<>(50L);
        }
    }
}
