package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.it.ledger.LedgerApp;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * G1, G7, D and R11: many copies at once, on one node and on two, with a pool of five connections each. The other node remembers
 * nothing, so that it shows what the table holds.
 */
@Timeout(180)
class StormTest {

    private static final int COPIES = 16;

    private static RunningApp node;
    private static RunningApp otherNode;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        String database = PostgresUnderTest.newDatabase().url();
        node = startNode(database, "idempotency.recent-completions.enabled=true");
        node.jdbc().execute(LedgerApp.SCHEMA);
        otherNode = startNode(database, RunningApp.WITHOUT_RECENT_COMPLETIONS);
    }

    private static RunningApp startNode(String database, String memory) {
        return RunningApp.start(
                database,
                LedgerApp.class,
                RunningApp.WITHOUT_SECURITY,
                memory,
                "spring.datasource.hikari.maximum-pool-size=5",
                "spring.datasource.hikari.connection-timeout=20000");
    }

    @AfterAll
    static void stop() {
        node.close();
        otherNode.close();
    }

    @BeforeEach
    void reset() {
        LedgerApp.RUNS.set(0);
    }

    @AfterEach
    void end() {
        LedgerApp.beforeAnswer = () -> {};
        clients.shutdownNow();
    }

    @Test
    void fiftyCopiesOfARunningRequestNeitherStarveThePoolNorAnUnrelatedEndpoint() throws Exception {
        CountDownLatch mayFinish = new CountDownLatch(1);
        String key = RunningApp.newKey();
        Future<HttpResponse<String>> first = runningUntil(mayFinish, key);

        List<HttpResponse<String>> copies = atOnce(50, copy -> insert(node, "/entries", key));
        assertThat(copies).allSatisfy(copy -> TransactionFaultsTest.assertProblem(copy, 409, "request-in-progress"));
        assertThat(node.get("/unrelated").body()).isEqualTo("here");
        String unrelatedKey = RunningApp.newKey();
        LedgerApp.beforeAnswer = () -> {};
        assertThat(insert(node, "/entries", unrelatedKey).statusCode()).isEqualTo(201);

        mayFinish.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        assertThat(rows(key)).isOne();
    }

    @ParameterizedTest
    @CsvSource({"/entries,200", "/entries/repeatable-read,40", "/entries/serializable,40"})
    void simultaneousFirstRequestsAreExecutedOnce(String path, int rounds) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        LedgerApp.beforeAnswer = () -> {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            // Gives a second handler, if there is one, time to come in.
            for (int i = 0; i < 50; i++) {
                Thread.yield();
            }
            inside.decrementAndGet();
        };
        for (int round = 0; round < rounds; round++) {
            String key = RunningApp.newKey();
            List<HttpResponse<String>> answers =
                    atOnce(COPIES, copy -> insert(copy % 2 == 0 ? node : otherNode, path, key));

            assertThat(answers).extracting(HttpResponse::statusCode).containsAnyOf(201, 409);
            assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 409, 503);
            HttpResponse<String> settled = insert(node, path, key);
            assertThat(settled.statusCode()).isEqualTo(201);
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                    .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(settled.body()));
            assertThat(rows(key)).isOne();
            assertThat(overlaps).hasValue(0);
        }
    }

    @Test
    void requestThatRunsOnOneNodeIsInProgressOnTheOther() throws Exception {
        CountDownLatch mayFinish = new CountDownLatch(1);
        String key = RunningApp.newKey();
        Future<HttpResponse<String>> first = runningUntil(mayFinish, key);

        TransactionFaultsTest.assertProblem(insert(otherNode, "/entries", key), 409, "request-in-progress");
        mayFinish.countDown();
        HttpResponse<String> answer = first.get(20, TimeUnit.SECONDS);
        TransactionFaultsTest.assertReplayOf(answer, insert(otherNode, "/entries", key));
        assertThat(LedgerApp.RUNS).hasValue(1);
    }

    @Test
    void quickestHonestRetryIsAReplay() {
        for (int i = 0; i < 200; i++) {
            String key = RunningApp.newKey();
            HttpResponse<String> first = insert(node, "/entries", key);
            assertThat(first.statusCode()).isEqualTo(201);
            TransactionFaultsTest.assertReplayOf(first, insert(i % 2 == 0 ? node : otherNode, "/entries", key));
        }
    }

    @Test
    void simultaneousRetriesOfACompletedRequestAreAllReplayed() throws Exception {
        String key = RunningApp.newKey();
        HttpResponse<String> first = insert(node, "/entries", key);
        for (int round = 0; round < 20; round++) {
            assertThat(atOnce(COPIES, copy -> insert(copy % 2 == 0 ? node : otherNode, "/entries", key)))
                    .allSatisfy(retry -> TransactionFaultsTest.assertReplayOf(first, retry));
        }
    }

    private Future<HttpResponse<String>> runningUntil(CountDownLatch mayFinish, String key) {
        CountDownLatch running = new CountDownLatch(1);
        LedgerApp.beforeAnswer = () -> {
            running.countDown();
            await(mayFinish);
        };
        Future<HttpResponse<String>> first = clients.submit(() -> insert(node, "/entries", key));
        await(running);
        return first;
    }

    private static HttpResponse<String> insert(RunningApp app, String path, String key) {
        return app.post(path + "?reference=ref-" + key, key, "{}");
    }

    private static long rows(String key) {
        Long count =
                node.jdbc().queryForObject("SELECT count(*) FROM entry WHERE reference = ?", Long.class, "ref-" + key);
        return count == null ? 0 : count;
    }

    private interface Copy {
        HttpResponse<String> send(int number);
    }

    private List<HttpResponse<String>> atOnce(int copies, Copy copy) throws Exception {
        CyclicBarrier start = new CyclicBarrier(copies);
        List<Future<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            int number = i;
            sent.add(clients.submit(() -> {
                start.await(20, TimeUnit.SECONDS);
                return copy.send(number);
            }));
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : sent) {
            answers.add(answer.get(30, TimeUnit.SECONDS));
        }
        return answers;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
