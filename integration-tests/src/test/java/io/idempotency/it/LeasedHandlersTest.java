package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.UnreadableResultException;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Section L: handlers under a lease, on the wire. */
@Timeout(120)
class LeasedHandlersTest {

    private static RunningApp app;
    private static RunningApp other;

    private static final List<Future<?>> BACKGROUND = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        app = RunningApp.start(
                App.class,
                RunningApp.WITHOUT_SECURITY,
                RunningApp.WITHOUT_RECENT_COMPLETIONS,
                "idempotency.lease.renewal-interval=50ms");
        app.jdbc().execute("CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, what text)");
        app.jdbc().execute("CREATE TABLE seat (number int PRIMARY KEY)");
        other = RunningApp.start(
                app.context().getEnvironment().getRequiredProperty("spring.datasource.url"),
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "idempotency.lease.renewal-interval=50ms");
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @AfterEach
    void letEverybodyEnd() throws Exception {
        Handlers.mayGoOn.countDown();
        for (Future<?> call : BACKGROUND) {
            call.get(30, TimeUnit.SECONDS);
        }
        BACKGROUND.clear();
    }

    @BeforeEach
    void empty() {
        app.jdbc().execute("TRUNCATE effect");
        Handlers.runs.set(0);
        Handlers.attempts.clear();
        Handlers.takeovers.clear();
    }

    @Test
    void firstAnswerIsReplayed() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post("/leased", key, "{\"a\":1}");
        HttpResponse<String> second = app.post("/leased", key, "{\"a\":1.0}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(Handlers.runs).hasValue(1);
    }

    @Test
    void duplicateWithAnotherBodyIsToldWhileTheFirstIsRunning() throws Exception {
        String key = RunningApp.newKey();
        Handlers.running = new CountDownLatch(1);
        Handlers.mayGoOn = new CountDownLatch(1);
        Future<HttpResponse<String>> first = inBackground(() -> app.post("/slow", key, "{\"a\":1}"));
        Handlers.running.await();

        HttpResponse<String> same = other.post("/slow", key, "{\"a\":1}");
        HttpResponse<String> another = other.post("/slow", key, "{\"a\":2}");
        HttpResponse<String> sameOnItsNode = app.post("/slow", key, "{\"a\":1}");
        HttpResponse<String> anotherOnItsNode = app.post("/slow", key, "{\"a\":2}");
        Handlers.mayGoOn.countDown();

        assertThat(same.statusCode()).isEqualTo(409);
        assertThat(same.body()).contains("\"code\":\"request-in-progress\"");
        assertThat(another.statusCode()).isEqualTo(422);
        assertThat(another.body()).contains("\"code\":\"key-reused\"");
        assertThat(sameOnItsNode.statusCode()).isEqualTo(409);
        assertThat(anotherOnItsNode.statusCode()).isEqualTo(422);
        assertThat(anotherOnItsNode.body()).contains("\"code\":\"key-reused\"");
        assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void leaseIsRenewedForAsLongAsTheHandlerRuns() throws Exception {
        String key = RunningApp.newKey();
        Handlers.running = new CountDownLatch(1);
        Handlers.mayGoOn = new CountDownLatch(1);
        Future<HttpResponse<String>> first = inBackground(() -> app.post("/slow", key, "{}"));
        Handlers.running.await();
        Object claimed = leaseEnds();
        await().atMost(Duration.ofSeconds(30)).until(() -> !leaseEnds().equals(claimed));
        Handlers.mayGoOn.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(open()).isZero();
    }

    @Test
    void abandonedKeyIsTakenOverWhereThatIsDeclared() throws Exception {
        String key = RunningApp.newKey();
        loseNode("/steps", key);

        assertThat(other.post("/steps", key, "{}").statusCode()).isEqualTo(201);
        assertThat(Handlers.attempts).containsExactly(1, 2);
        assertThat(Handlers.takeovers).containsExactly(false, true);
        assertThat(effects()).containsExactly("reserve", "charge");
    }

    @Test
    void abandonedKeyIsRefusedWhereThatIsDeclared() throws Exception {
        String key = RunningApp.newKey();
        loseNode("/refusing", key);

        HttpResponse<String> retry = other.post("/refusing", key, "{}");
        assertThat(retry.statusCode()).isEqualTo(409);
        assertThat(retry.body()).contains("\"code\":\"outcome-unknown\"");
        assertThat(retry.headers().firstValue("Retry-After")).isEmpty();
        assertThat(other.post("/refusing", key, "{\"x\":1}").statusCode()).isEqualTo(422);
        assertThat(Handlers.attempts).containsExactly(1);
    }

    @Test
    void ownerThatWasTakenOverCannotComplete() throws Exception {
        String key = RunningApp.newKey();
        Handlers.running = new CountDownLatch(1);
        Handlers.mayGoOn = new CountDownLatch(1);
        Future<HttpResponse<String>> stale = inBackground(() -> app.post("/stale", key, "{}"));
        Handlers.running.await();
        endLeases();
        Handlers.onlyFirst = true;
        HttpResponse<String> owner = other.post("/stale", key, "{}");
        Handlers.mayGoOn.countDown();
        HttpResponse<String> refused = stale.get(30, TimeUnit.SECONDS);
        Handlers.onlyFirst = false;

        assertThat(owner.statusCode()).isEqualTo(201);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"claim-lost\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(effects()).containsExactly("attempt 2");
        HttpResponse<String> replay = app.post("/stale", key, "{}");
        assertThat(replay.body()).isEqualTo(owner.body());
    }

    @Test
    void failedAttemptIsGoneOnWithBehindItsSteps() {
        String key = RunningApp.newKey();
        Handlers.failAfter = "reserve";
        assertThat(app.post("/steps", key, "{}").statusCode()).isEqualTo(500);
        Handlers.failAfter = "charge";
        assertThat(app.post("/steps", key, "{}").statusCode()).isEqualTo(500);
        assertThat(app.post("/steps", key, "{\"other\":1}").statusCode()).isEqualTo(422);
        Handlers.failAfter = "";

        HttpResponse<String> done = app.post("/steps", key, "{}");
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(done.body()).isEqualTo("reserved by 1, charged by 2");
        assertThat(effects()).containsExactly("reserve", "charge");
        assertThat(Handlers.takeovers).containsOnly(false);
    }

    @Test
    void lastTransactionIsRolledBackWithARefusedAnswer() {
        String key = RunningApp.newKey();
        HttpResponse<String> refused = app.post("/duplicate", key, "{}");
        HttpResponse<String> replay = app.post("/duplicate", key, "{}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(replay.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(effects()).isEmpty();
        assertThat(open()).isZero();
    }

    @Test
    void lastTransactionCannotBeginInsideAnother() {
        for (String path : List.of("/nested", "/nested-without-transaction")) {
            assertThat(app.post(path, RunningApp.newKey(), "{}").body()).contains("outside of @Transactional");
        }
        assertThat(effects()).isEmpty();
    }

    @Test
    void childKeysAreTheSameAtEveryAttemptAndDifferentForEveryPurpose() throws Exception {
        String key = RunningApp.newKey();
        Handlers.failAfter = "reserve";
        app.post("/children", key, "{}");
        Handlers.failAfter = "";
        other.post("/children", key, "{}");
        other.post("/children", RunningApp.newKey(), "{}");

        List<String> children = effects();
        assertThat(children).hasSize(6).noneMatch(child -> child.contains(key));
        assertThat(children.subList(0, 2)).isEqualTo(children.subList(2, 4));
        assertThat(children.get(0)).isNotEqualTo(children.get(1)).isNotEqualTo(children.get(4));
    }

    @Test
    void contextIsThereInTransactionalModeAsWell() {
        assertThat(app.post("/transactional", RunningApp.newKey(), "{}").body()).isEqualTo("1 false true stepped");
    }

    @Test
    void contextIsMissingOnlyWhereItMayBe() {
        HttpRequest withoutKey = app.request("/optional")
                .header("Content-Type", RunningApp.JSON)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(app.send(withoutKey).body()).isEqualTo("none");
        assertThat(app.post("/optional", RunningApp.newKey(), "{}").body()).isEqualTo("some");
    }

    @Test
    void recordedResultThatCannotBeReadFailsByNameAndIsNotRunAgain() {
        String key = RunningApp.newKey();
        Handlers.failAfter = "typed";
        app.post("/typed", key, "{}");
        Handlers.failAfter = "";
        Handlers.asNumber = true;
        HttpResponse<String> unreadable = app.post("/typed", key, "{}");
        Handlers.asNumber = false;

        assertThat(unreadable.statusCode()).isEqualTo(418);
        assertThat(unreadable.body()).contains("step 'typed'").contains("java.lang.Integer");
        assertThat(effects()).containsExactly("typed");
    }

    /** As if the node had died in the middle: its thread does not come back before the test is over. */
    private static void loseNode(String path, String key) throws InterruptedException {
        Handlers.running = new CountDownLatch(1);
        Handlers.mayGoOn = new CountDownLatch(1);
        Handlers.dies = true;
        inBackground(() -> app.post(path, key, "{}"));
        Handlers.running.await();
        Handlers.dies = false;
        endLeases();
    }

    private static void endLeases() {
        app.jdbc()
                .update("UPDATE idempotency_record SET lease_until = now() - interval '1 second',"
                        + " expires_at = now() + interval '1 day' WHERE completed_at IS NULL");
    }

    private static Object leaseEnds() {
        return Optional.ofNullable(app.jdbc()
                        .queryForObject(
                                "SELECT max(lease_until) FROM idempotency_record WHERE completed_at IS NULL",
                                Object.class))
                .orElse("none");
    }

    private static int open() {
        Integer count = app.jdbc()
                .queryForObject("SELECT count(*) FROM idempotency_record WHERE completed_at IS NULL", Integer.class);
        return count == null ? 0 : count;
    }

    private static List<String> effects() {
        return app.jdbc().queryForList("SELECT what FROM effect ORDER BY id", String.class);
    }

    private static <T> Future<T> inBackground(Callable<T> call) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<T> answer = thread.submit(call);
            BACKGROUND.add(answer);
            return answer;
        } finally {
            thread.shutdown();
        }
    }

    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class App {}

    @RestController
    static class Handlers {

        static final AtomicInteger runs = new AtomicInteger();
        static final List<Integer> attempts = new CopyOnWriteArrayList<>();
        static final List<Boolean> takeovers = new CopyOnWriteArrayList<>();
        static volatile CountDownLatch running = new CountDownLatch(1);
        static volatile CountDownLatch mayGoOn = new CountDownLatch(1);
        static volatile String failAfter = "";
        static volatile boolean dies;
        static volatile boolean onlyFirst;
        static volatile boolean asNumber;

        private final JdbcTemplate jdbc;

        Handlers(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/leased")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<Map<String, Integer>> leased(@RequestBody Map<String, Object> body) {
            return ResponseEntity.status(201).body(Map.of("run", runs.incrementAndGet()));
        }

        @PostMapping("/slow")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "300ms")
        String slow(@RequestBody String body) throws InterruptedException {
            running.countDown();
            mayGoOn.await();
            return "slow";
        }

        @PostMapping("/refusing")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.REFUSE)
        String refusing(@RequestBody String body, IdempotencyContext context) throws InterruptedException {
            attempts.add(context.attempt());
            dieIfTold();
            return "refusing";
        }

        @PostMapping("/stale")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        ResponseEntity<String> stale(@RequestBody String body, IdempotencyContext context) throws InterruptedException {
            if (!onlyFirst) {
                running.countDown();
                mayGoOn.await();
            }
            return context.completeInTransaction(() -> {
                effect("attempt " + context.attempt());
                return ResponseEntity.status(201).body("by attempt " + context.attempt());
            });
        }

        @PostMapping("/steps")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        ResponseEntity<String> steps(@RequestBody String body, IdempotencyContext context) throws InterruptedException {
            attempts.add(context.attempt());
            takeovers.add(context.isTakeover());
            String reserved = context.step("reserve", String.class, () -> {
                effect("reserve");
                return "reserved by " + context.attempt();
            });
            failIfTold("reserve");
            dieIfTold();
            List<String> charged = context.step("charge", new ParameterizedTypeReference<>() {}, () -> {
                effect("charge");
                return List.of("charged by " + context.attempt());
            });
            failIfTold("charge");
            return ResponseEntity.status(201).body(reserved + ", " + charged.get(0));
        }

        @PostMapping("/duplicate")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<String> duplicate(@RequestBody String body, IdempotencyContext context) {
            return context.completeInTransaction(() -> {
                effect("undone");
                jdbc.update("INSERT INTO seat VALUES (1), (1)");
                return ResponseEntity.ok("unreachable");
            });
        }

        @PostMapping("/nested")
        @Idempotent(mode = ExecutionMode.LEASED)
        @Transactional
        public ResponseEntity<String> nested(@RequestBody String body) {
            return IdempotencyContext.current().completeInTransaction(() -> ResponseEntity.ok("unreachable"));
        }

        @PostMapping("/nested-without-transaction")
        @Idempotent(mode = ExecutionMode.LEASED)
        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public ResponseEntity<String> nestedWithoutTransaction(@RequestBody String body) {
            return IdempotencyContext.current().completeInTransaction(() -> {
                effect("committed by nobody");
                return ResponseEntity.ok("unreachable");
            });
        }

        @PostMapping("/children")
        @Idempotent(mode = ExecutionMode.LEASED)
        String children(@RequestBody String body, IdempotencyContext context) {
            effect(context.childKey("charge"));
            effect(context.childKey("mail"));
            failIfTold("reserve");
            return context.keyDigest();
        }

        @PostMapping("/transactional")
        @Idempotent
        String transactional(@RequestBody String body, IdempotencyContext context) {
            boolean current = IdempotencyContext.current() == context;
            return context.attempt() + " " + context.isTakeover() + " " + current + " "
                    + context.step("a", String.class, () -> "stepped");
        }

        @PostMapping("/optional")
        @Idempotent(required = false)
        String optional(@RequestBody String body, Optional<IdempotencyContext> context) {
            return context.isEmpty() ? "none" : "some";
        }

        @PostMapping("/typed")
        @Idempotent(mode = ExecutionMode.LEASED)
        String typed(@RequestBody String body, IdempotencyContext context) {
            if (asNumber) {
                return "unreachable " + context.step("typed", Integer.class, () -> 7);
            }
            String result = context.step("typed", String.class, () -> {
                effect("typed");
                return "seven";
            });
            failIfTold("typed");
            return result;
        }

        @ExceptionHandler
        ResponseEntity<String> refused(DuplicateKeyException e) {
            return ResponseEntity.status(409).body("taken");
        }

        @ExceptionHandler
        ResponseEntity<String> unreadable(UnreadableResultException e) {
            return ResponseEntity.status(418).body(e.getMessage());
        }

        @ExceptionHandler
        ResponseEntity<String> misused(IllegalStateException e) {
            return ResponseEntity.status(500).body(e.getMessage());
        }

        private void effect(String what) {
            jdbc.update("INSERT INTO effect (what) VALUES (?)", what);
        }

        private static void failIfTold(String step) {
            if (failAfter.equals(step)) {
                throw new IllegalStateException("after " + step);
            }
        }

        /** Keeps the thread for longer than the test looks. */
        private static void dieIfTold() throws InterruptedException {
            if (dies) {
                running.countDown();
                mayGoOn.await();
            }
        }
    }
}
