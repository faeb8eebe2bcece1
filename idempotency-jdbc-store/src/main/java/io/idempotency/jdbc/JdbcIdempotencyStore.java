package io.idempotency.jdbc;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.IdempotencyStoreException;
import io.idempotency.core.KeyRecord;
import io.idempotency.core.KeyRecord.Completion;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponseCodec;
import io.idempotency.core.TransactionAbortedException;
import io.idempotency.core.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The store in PostgreSQL, 14 or later.
 *
 * <p>A call joins the Spring-managed transaction that is bound to the thread for the same {@code DataSource}. A claim is a
 * transaction-level advisory lock on the key, had before the records were looked at, so that it leaves nothing behind when its
 * transaction ends in whatever way; the record is written once, with its response. Retention is measured by the database's clock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT">INSERT … ON CONFLICT</a>
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory locks</a>
 */
public final class JdbcIdempotencyStore implements IdempotencyStore {

    private final JdbcOperations jdbc;
    private final StoreSql sql;

    /**
     * A store over one table.
     *
     * @param jdbc takes part in Spring's transactions
     * @param table the table, as the migration in this jar makes it
     */
    public JdbcIdempotencyStore(JdbcOperations jdbc, TableName table) {
        this.jdbc = jdbc;
        this.sql = StoreSql.forTable(table);
    }

    @Override
    public ClaimResult claim(Claim claim) {
        requireTransaction();
        UUID key = rowKey(claim.key());
        byte[] answer = guarded(() -> jdbc.query(sql.claim(), (rs, row) -> rs.getBytes(1), lockId(key), key)
                .get(0));
        if (answer == null) {
            return new ClaimResult.InProgress();
        }
        return answer.length == 0 ? new ClaimResult.Claimed() : record(answer).classify(claim);
    }

    @Override
    public void complete(Claim claim, StoredResponse response, Duration retention) {
        requireTransaction();
        UUID key = rowKey(claim.key());
        boolean stored = guarded(() -> insert(
                key,
                claim.token().value(),
                retention.toNanos() / 1000,
                claim.fingerprint().toBytes(),
                StoredResponseCodec.encode(response),
                lockId(key)));
        if (!stored) {
            throw new ClaimLostException("The claim on key " + claim.key()
                    + " is not held: another transaction has the key, or it is completed. Nothing was stored.");
        }
    }

    private boolean insert(Object... values) {
        try {
            return jdbc.update(sql.complete(), values) == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public ClaimFate fateOf(Claim claim) {
        UUID key = rowKey(claim.key());
        return guarded(() -> {
            if (!jdbc.queryForList(sql.tryLock(), Boolean.class, lockId(key)).contains(true)) {
                return ClaimFate.UNDECIDED;
            }
            return jdbc.queryForList(
                                    sql.fate(),
                                    Boolean.class,
                                    key,
                                    claim.token().value())
                            .isEmpty()
                    ? ClaimFate.GONE
                    : ClaimFate.COMMITTED;
        });
    }

    @Override
    public int purge(int limit) {
        return guarded(() -> jdbc.update(sql.purge(), limit));
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A claim lives in a transaction: begin one before you ask for it.");
        }
    }

    /** Half of the digest: 128 bits are enough for no two keys ever to share them, and make the index a third smaller. */
    static UUID rowKey(RecordKey key) {
        ByteBuffer digest = ByteBuffer.wrap(key.toBytes());
        return new UUID(digest.getLong(), digest.getLong());
    }

    /** Two keys that share these 64 bits are told to try again, never executed together. */
    private static long lockId(UUID key) {
        return key.getMostSignificantBits();
    }

    private static <T extends @Nullable Object> T guarded(Supplier<T> statements) {
        try {
            return statements.get();
        } catch (DataAccessException | TransactionException e) {
            throw translate(e);
        }
    }

    private static IdempotencyStoreException translate(RuntimeException e) {
        if (SqlStates.isConflict(e)) {
            return new SerializationConflictException("A concurrent transaction went first.", e);
        }
        if (SqlStates.isFailedTransaction(e)) {
            return new TransactionAbortedException("An earlier statement of this transaction failed.", e);
        }
        return new StoreUnavailableException("The table of idempotency records could not be read or written.", e);
    }

    /** As the claim's function puts it together. */
    private static KeyRecord record(byte[] answer) {
        ByteBuffer fields = ByteBuffer.wrap(answer);
        Duration age = Duration.of(fields.getLong(), ChronoUnit.MICROS);
        Duration remaining = Duration.of(fields.getLong(), ChronoUnit.MICROS);
        RequestFingerprint fingerprint = readable(bytes(fields, fields.getInt()));
        byte[] response = bytes(fields, fields.remaining());
        return new KeyRecord(fingerprint, new Completion(() -> StoredResponseCodec.decode(response), age, remaining));
    }

    private static byte[] bytes(ByteBuffer fields, int length) {
        byte[] bytes = new byte[length];
        fields.get(bytes);
        return bytes;
    }

    private static RequestFingerprint readable(byte[] fingerprint) {
        try {
            return RequestFingerprint.fromBytes(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("A stored fingerprint is damaged, or of a newer release.", e);
        }
    }
}
