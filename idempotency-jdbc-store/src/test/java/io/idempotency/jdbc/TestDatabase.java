package io.idempotency.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A database with the library's table, and the store over it. */
final class TestDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 40;

    final HikariDataSource pool;
    final JdbcTemplate jdbc;
    final JdbcIdempotencyStore store;
    final JdbcAbandonedKeys abandonedKeys;
    final SpringTransactionBoundary transactions;

    TestDatabase() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresUnderTest.newDatabase().url());
        config.setMaximumPoolSize(CONNECTIONS);
        // A call that waits for another transaction fails instead of hanging.
        config.setConnectionInitSql("SET statement_timeout = '20s'");
        pool = new HikariDataSource(config);
        jdbc = new JdbcTemplate(pool);
        jdbc.execute(migration());
        store = new JdbcIdempotencyStore(jdbc, TableName.of("idempotency_record"));
        abandonedKeys = new JdbcAbandonedKeys(jdbc, TableName.of("idempotency_record"));
        transactions = new SpringTransactionBoundary(new JdbcTransactionManager(pool));
    }

    static String migration() {
        String file = "/" + PostgresSchema.MIGRATIONS + "/V1__idempotency_record.sql";
        try (InputStream sql = TestDatabase.class.getResourceAsStream(file)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${table}", "idempotency_record")
                    .replace("${index}", "idempotency_record");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database's clock cannot be moved, but its records can be made older. */
    void advanceTime(Duration duration) {
        long micros = duration.toNanos() / 1000;
        jdbc.update("""
                UPDATE idempotency_record SET completed_at = completed_at - ? * interval '1 microsecond',
                       expires_at = expires_at - ? * interval '1 microsecond',
                       lease_until = lease_until - ? * interval '1 microsecond'
                """, micros, micros, micros);
    }

    @Override
    public void close() {
        pool.close();
    }
}
