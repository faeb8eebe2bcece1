package io.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.CommitResult;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

/** Real transactions of Spring's manager, as the rule sees them. */
@Timeout(60)
class SpringTransactionBoundaryTest {

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        database.jdbc.execute("CREATE TABLE parent (id int PRIMARY KEY)");
        database.jdbc.execute("CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isolationAndTimeoutAreThoseAskedFor() {
        OpenTransaction transaction =
                database.transactions.begin(new TransactionSettings(Isolation.SERIALIZABLE, Duration.ofSeconds(1)));

        assertThat(database.jdbc.queryForObject("SHOW transaction_isolation", String.class))
                .isEqualTo("serializable");
        assertThatThrownBy(() -> database.jdbc.execute("SELECT pg_sleep(5)")).isNotNull();
        transaction.rollback();
    }

    @Test
    void innerTransactionJoinsAndItsFailureMarksTheWhole() {
        OpenTransaction transaction = database.transactions.begin(TransactionSettings.READ_COMMITTED);
        TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(database.pool));
        inner.executeWithoutResult(status -> {
            database.jdbc.update("INSERT INTO parent VALUES (1)");
            status.setRollbackOnly();
        });

        assertThat(transaction.isRollbackOnly()).isTrue();
        assertThat(transaction.commit())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(UnexpectedRollbackException.class));
        assertThat(parents()).isZero();
    }

    @Test
    void transactionIsNewEvenInsideAnother() {
        new TransactionTemplate(new JdbcTransactionManager(database.pool)).executeWithoutResult(outer -> {
            OpenTransaction transaction = database.transactions.begin(TransactionSettings.READ_COMMITTED);
            database.jdbc.update("INSERT INTO parent VALUES (1)");
            assertThat(transaction.commit()).isEqualTo(new Committed());
            outer.setRollbackOnly();
        });

        assertThat(parents()).isOne();
    }

    @Test
    void violationAtCommitIsNotHealedByARetry() {
        OpenTransaction transaction = database.transactions.begin(TransactionSettings.READ_COMMITTED);
        database.jdbc.update("INSERT INTO child VALUES (1)");

        CommitResult result = transaction.commit();
        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.retryable()).isFalse());
    }

    @Test
    void lostConnectionIsHealedByARetryAndItsRollbackRaisesNothing() {
        OpenTransaction lost = database.transactions.begin(TransactionSettings.READ_COMMITTED);
        terminate();
        assertThat(lost.commit())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.retryable()).isTrue());

        OpenTransaction alsoLost = database.transactions.begin(TransactionSettings.READ_COMMITTED);
        terminate();
        alsoLost.rollback();
        assertThat(parents()).isZero();
    }

    @Test
    void transactionThatCannotBeBegunMakesTheStoreUnavailable() {
        database.pool.close();

        assertThatThrownBy(() -> database.transactions.begin(TransactionSettings.READ_COMMITTED))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private void terminate() {
        try {
            database.jdbc.execute("SELECT pg_terminate_backend(pg_backend_pid())");
        } catch (RuntimeException connectionGone) {
            assertThat(connectionGone).isNotNull();
        }
    }

    private long parents() {
        Long count = database.jdbc.queryForObject("SELECT count(*) FROM parent", Long.class);
        return count == null ? 0 : count;
    }
}
