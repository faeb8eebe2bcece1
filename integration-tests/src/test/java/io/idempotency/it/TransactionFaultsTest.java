package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.it.ledger.FaultyDataSource;
import io.idempotency.it.ledger.FaultyDataSource.Fault;
import io.idempotency.it.ledger.LedgerApp;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sections R3 to R5 and D: what a client is told when the transaction does not end as the handler thought. */
@Timeout(60)
class TransactionFaultsTest {

    private static RunningApp app;

    private final String key = RunningApp.newKey();
    private final String reference = "ref-" + key;

    @BeforeAll
    static void start() {
        app = RunningApp.start(
                LedgerApp.class,
                RunningApp.WITHOUT_SECURITY,
                RunningApp.WITHOUT_RECENT_COMPLETIONS,
                "spring.datasource.hikari.maximum-pool-size=3");
        app.jdbc().execute(LedgerApp.SCHEMA);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void reset() {
        LedgerApp.RUNS.set(0);
    }

    @AfterEach
    void heal() {
        FaultyDataSource.heal();
        LedgerApp.beforeAnswer = () -> {};
    }

    @Test
    void backendTerminatedBetweenEffectAndCommitLeavesNothingAndIsRetried() {
        LedgerApp.beforeAnswer = TransactionFaultsTest::terminateBusyBackends;
        assertProblem(post("/entries"), 503, "store-unavailable");
        assertThat(entries()).isZero();

        LedgerApp.beforeAnswer = () -> {};
        assertThat(post("/entries").statusCode()).isEqualTo(201);
        assertThat(entries()).isOne();
    }

    @Test
    void backendTerminatedAtCommitLeavesNothingAndIsRetried() {
        HttpResponse<String> first = post("/terminated-at-commit");
        assertProblem(first, 503, "commit-refused");
        assertThat(first.headers().firstValue("Retry-After")).isPresent();
        assertThat(entries()).isZero();
        assertThat(app.post("/entries?reference=" + reference, RunningApp.newKey(), "{}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void commitWhoseAnswerIsLostIsReadAgainAndToldAsItIs() {
        FaultyDataSource.next(Fault.COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST, Fault.NONE);
        HttpResponse<String> first = post("/entries");

        assertThat(first.statusCode()).isEqualTo(201);
        assertReplayOf(first, post("/entries"));
        assertThat(entries()).isOne();
    }

    @Test
    void commitThatIsLostWithItsConnectionIsToldToBeRetried() {
        FaultyDataSource.next(Fault.COMMIT_IS_LOST_WITH_THE_CONNECTION, Fault.NONE);
        assertProblem(post("/entries"), 503, "commit-refused");
        assertThat(entries()).isZero();

        assertThat(post("/entries").statusCode()).isEqualTo(201);
        assertThat(entries()).isOne();
    }

    @Test
    void outcomeIsUnknownWhenTheDatabaseCannotBeAskedAfterALostCommit() {
        FaultyDataSource.next(Fault.COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST, Fault.NO_CONNECTION);
        assertProblem(post("/entries"), 503, "outcome-unknown");

        FaultyDataSource.heal();
        HttpResponse<String> retry = post("/entries");
        assertThat(retry.statusCode()).isEqualTo(201);
        assertThat(retry.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(entries()).isOne();
        assertThat(LedgerApp.RUNS).hasValue(1);
    }

    @Test
    void withoutADatabaseNothingIsExecuted() {
        FaultyDataSource.next(Fault.NO_CONNECTION, Fault.NO_CONNECTION);
        HttpResponse<String> refused = post("/entries");

        assertProblem(refused, 503, "store-unavailable");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(LedgerApp.RUNS).hasValue(0);
    }

    @Test
    void deferredForeignKeyThatFailsAtCommitIsAnErrorAndKeepsNothing() {
        assertProblem(post("/unknown-account"), 500, "commit-refused");
        assertThat(entries()).isZero();

        app.jdbc().update("INSERT INTO account VALUES ('nobody''s')");
        try {
            assertThat(post("/unknown-account").statusCode()).isEqualTo(201);
        } finally {
            app.jdbc().execute("DELETE FROM entry WHERE account <> 'cash'; DELETE FROM account WHERE name <> 'cash'");
        }
    }

    @Test
    void serializationFailureIsToldToBeRetriedAndNeverAs500() {
        LedgerApp.beforeAnswer = TransactionFaultsTest::readWhatTheHandlerWritesAndWriteWhatItReads;
        HttpResponse<String> first = post("/write-skew");
        LedgerApp.beforeAnswer = () -> {};

        assertProblem(first, 503, "commit-refused");
        assertThat(first.headers().firstValue("Retry-After")).isPresent();
        assertThat(post("/write-skew").statusCode()).isEqualTo(200);
    }

    @Test
    void businessErrorOverARolledBackTransactionIsKeptWithoutItsEffect() {
        HttpResponse<String> first = post("/refused");

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(first.body()).isEqualTo("refused");
        assertThat(entries()).isZero();
        assertReplayOf(first, post("/refused"));
        assertThat(LedgerApp.RUNS).hasValue(1);
    }

    @Test
    void successOverARolledBackTransactionIsNotTold() {
        assertProblem(post("/caught"), 500, "rolled-back");
        assertThat(entries()).isZero();

        assertProblem(post("/caught"), 500, "rolled-back");
        assertThat(LedgerApp.RUNS).hasValue(2);
    }

    @Test
    void successAfterAFailedStatementIsNotTold() {
        assertProblem(app.post("/broken-sql?status=201", key, "{}"), 500, "rolled-back");
        assertThat(app.jdbc()
                        .queryForObject("SELECT count(*) FROM entry WHERE reference LIKE 'broken-sql%'", Long.class))
                .isZero();
    }

    @Test
    void keptErrorAfterAFailedStatementIsReplayed() {
        HttpResponse<String> first = app.post("/broken-sql?status=409", key, "{}");

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(first.body()).isEqualTo("caught");
        assertReplayOf(first, app.post("/broken-sql?status=409", key, "{}"));
        assertThat(LedgerApp.RUNS).hasValue(1);
    }

    @Test
    void uniqueViolationReachesTheAdviceWithAndWithoutTheLibrary() {
        assertThat(post("/jpa").statusCode()).isEqualTo(201);
        HttpResponse<String> plain = app.post("/plain/jpa?reference=" + reference, RunningApp.newKey(), "{}");
        String other = RunningApp.newKey();
        HttpResponse<String> guarded = app.post("/jpa?reference=" + reference, other, "{}");

        assertThat(plain.statusCode()).isEqualTo(409);
        assertThat(guarded.statusCode()).isEqualTo(409);
        assertThat(guarded.body()).isEqualTo(plain.body());
        assertThat(guarded.headers().map().keySet())
                .isEqualTo(plain.headers().map().keySet());
        assertReplayOf(guarded, app.post("/jpa?reference=" + reference, other, "{}"));
        assertThat(entries()).isOne();
    }

    @Test
    void releasedAnswerOfAJpaHandlerLeavesNoEffect() {
        long before = app.recordCount();

        assertThat(post("/jpa/unavailable").statusCode()).isEqualTo(503);
        assertThat(entries()).isZero();
        assertThat(app.recordCount()).isEqualTo(before);
    }

    @Test
    void handlerThatOutlivesItsTimeoutIsRolledBack() {
        long before = app.recordCount();

        assertThat(app.post("/slow", key, "{}").statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(app.recordCount()).isEqualTo(before);
    }

    private HttpResponse<String> post(String path) {
        return app.post(path + "?reference=" + reference, key, "{}");
    }

    private long entries() {
        Long count = app.jdbc().queryForObject("SELECT count(*) FROM entry WHERE reference = ?", Long.class, reference);
        return count == null ? 0 : count;
    }

    private static void terminateBusyBackends() {
        PostgresUnderTest.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE state = 'idle in transaction' AND pid <> pg_backend_pid()");
    }

    private static void readWhatTheHandlerWritesAndWriteWhatItReads() {
        TransactionTemplate serializable = new TransactionTemplate(app.bean(PlatformTransactionManager.class));
        serializable.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        CompletableFuture.runAsync(() -> serializable.executeWithoutResult(status -> {
                    app.jdbc().queryForMap("SELECT value FROM counter WHERE name = 'written by the handler'");
                    app.jdbc().update("UPDATE counter SET value = value + 1 WHERE name = 'read by the handler'");
                }))
                .join();
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    static void assertReplayOf(HttpResponse<String> first, HttpResponse<String> replay) {
        assertThat(replay.statusCode()).isEqualTo(first.statusCode());
        assertThat(replay.body()).isEqualTo(first.body());
        assertThat(replay.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(replay.headers().allValues(RunningApp.REPLAYED)).containsExactly("true");
    }
}
