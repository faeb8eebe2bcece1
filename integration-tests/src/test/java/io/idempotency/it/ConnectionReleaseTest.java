package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.it.ledger.FaultyDataSource;
import io.idempotency.it.ledger.FaultyDataSource.Fault;
import io.idempotency.it.ledger.LedgerApp;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Section D: Hibernate gives connections back after each transaction, so that it lets nobody ask for an isolation. */
@Timeout(60)
class ConnectionReleaseTest {

    private static RunningApp app;

    private final String key = RunningApp.newKey();

    @BeforeAll
    static void start() {
        app = RunningApp.start(
                LedgerApp.class,
                RunningApp.WITHOUT_SECURITY,
                RunningApp.WITHOUT_RECENT_COMPLETIONS,
                "spring.jpa.properties.hibernate.connection.handling_mode=DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION",
                "idempotency.purge.interval=50ms");
        app.jdbc().execute(LedgerApp.SCHEMA);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void heal() {
        FaultyDataSource.heal();
    }

    @Test
    void errorIsKeptWithoutItsEffect() {
        HttpResponse<String> first = post("/refused");

        assertThat(first.statusCode()).isEqualTo(422);
        TransactionFaultsTest.assertReplayOf(first, post("/refused"));
    }

    @Test
    void commitWhoseAnswerIsLostIsReadAgainAndToldAsItIs() {
        FaultyDataSource.next(Fault.COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST, Fault.NONE);
        HttpResponse<String> first = post("/entries");

        assertThat(first.statusCode()).isEqualTo(201);
        TransactionFaultsTest.assertReplayOf(first, post("/entries"));
    }

    @Test
    void recordsThatAreOverArePurged() {
        assertThat(post("/jpa").statusCode()).isEqualTo(201);
        app.jdbc().update("UPDATE idempotency_record SET expires_at = completed_at");

        await().atMost(Duration.ofSeconds(30)).until(() -> app.recordCount() == 0);
    }

    private HttpResponse<String> post(String path) {
        return app.post(path + "?reference=" + key, key, "{}");
    }
}
