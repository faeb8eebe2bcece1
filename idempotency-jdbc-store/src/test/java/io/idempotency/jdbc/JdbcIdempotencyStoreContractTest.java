package io.idempotency.jdbc;

import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.contract.IdempotencyStoreContract;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL keeps the same contract as memory. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JdbcIdempotencyStoreContractTest extends IdempotencyStoreContract {

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.execute("TRUNCATE idempotency_record");
    }

    @Override
    protected IdempotencyStore store() {
        return database.store;
    }

    @Override
    protected AbandonedKeys abandonedKeys() {
        return database.abandonedKeys;
    }

    @Override
    protected TransactionBoundary transactions() {
        return database.transactions;
    }

    @Override
    protected void advanceTime(Duration duration) {
        database.advanceTime(duration);
    }

    /** Each takes some milliseconds. */
    @Override
    protected int modelSteps() {
        return 5_000;
    }
}
