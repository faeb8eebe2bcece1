package io.idempotency.jdbc;

import io.idempotency.core.AbandonedKey;
import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.ClaimToken;
import io.idempotency.core.RecordKey;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponseCodec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/** The abandoned keys in the table of a {@link JdbcIdempotencyStore}. */
public final class JdbcAbandonedKeys implements AbandonedKeys {

    private final JdbcOperations jdbc;
    private final StoreSql sql;

    /**
     * The keys of one table.
     *
     * @param jdbc takes part in Spring's transactions
     * @param table the table, as the migration in this jar makes it
     */
    public JdbcAbandonedKeys(JdbcOperations jdbc, TableName table) {
        this.jdbc = jdbc;
        this.sql = StoreSql.forTable(table);
    }

    @Override
    public List<AbandonedKey> find(int limit) {
        return StoreErrors.translated(() -> jdbc.query(
                sql.abandoned(),
                (rs, row) -> new AbandonedKey(
                        rs.getString(1).replace("-", ""), rs.getInt(2), Duration.of(rs.getLong(3), ChronoUnit.MICROS)),
                limit));
    }

    @Override
    public boolean executeAgain(String id) {
        UUID key = rowKey(id);
        return StoreErrors.translated(() -> jdbc.update(sql.executeAgain(), key) == 1);
    }

    @Override
    public boolean complete(String id, StoredResponse response, Duration retention) {
        UUID key = rowKey(id);
        return StoreErrors.translated(() -> jdbc.update(
                        sql.resolve(),
                        ClaimToken.random().value(),
                        retention.toNanos() / 1000,
                        StoredResponseCodec.encode(response),
                        key)
                == 1);
    }

    private static UUID rowKey(String id) {
        String digits = RecordKey.requireId(id);
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }
}
