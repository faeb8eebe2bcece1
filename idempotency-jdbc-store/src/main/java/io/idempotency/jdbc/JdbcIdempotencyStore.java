package io.idempotency.jdbc;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.IdempotencyStoreException;
import io.idempotency.core.KeyRecord;
import io.idempotency.core.KeyRecord.Completion;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponseCodec;
import io.idempotency.core.TransactionAbortedException;
import io.idempotency.core.UnreadableRecordException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.TransactionException;

/**
 * The store in PostgreSQL, 14 or later.
 *
 * <p>A call joins the Spring-managed transaction that is bound to the thread for the same {@code DataSource}; {@link #claim} and
 * {@link #fateOf} hold a transaction-level advisory lock on the key until that transaction ends. Retention is measured by the
 * database's clock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT">INSERT … ON CONFLICT</a>
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory locks</a>
 */
public final class JdbcIdempotencyStore implements IdempotencyStore {

    private static final int LOOKUPS = 4;

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
        return guarded(() -> {
            for (int i = 0; i < LOOKUPS; i++) {
                Row row = tryClaim(claim);
                if (row.claimed()) {
                    return new ClaimResult.Claimed();
                }
                if (row.found() != null && !row.over()) {
                    return row.found().classify(claim);
                }
                if (!row.locked()) {
                    return new ClaimResult.InProgress();
                }
            }
            throw new SerializationConflictException("The record of key " + claim.key()
                    + " cannot be seen in this transaction; ask again in a new one.");
        });
    }

    private Row tryClaim(Claim claim) {
        byte[] key = claim.key().toBytes();
        byte[] fingerprint = claim.fingerprint().toBytes();
        UUID token = claim.token().value();
        Row row = one(sql.claim(), key, lockId(key), key, fingerprint, token);
        if (row.over()) {
            return one(sql.reclaim(), lockId(key), fingerprint, token, key);
        }
        // Locked, not inserted and not seen: the record was committed after the snapshot, or purged in between.
        return row.locked() && !row.claimed() ? one(sql.find(), key) : row;
    }

    private Row one(String statement, Object... arguments) {
        return jdbc.query(statement, (rs, i) -> Row.read(rs), arguments).stream()
                .findFirst()
                .orElse(Row.LOCKED_BUT_NOT_SEEN);
    }

    @Override
    public void complete(Claim claim, StoredResponse response, Duration retention) {
        int updated = guarded(() -> jdbc.update(
                sql.complete(),
                StoredResponseCodec.encode(response),
                retention.toNanos() / 1000,
                claim.key().toBytes(),
                claim.token().value()));
        if (updated == 0) {
            throw new ClaimLostException("The claim on key " + claim.key()
                    + " is not held any more: it was released, completed or taken over. Nothing was stored.");
        }
    }

    @Override
    public void release(Claim claim) {
        guarded(() ->
                jdbc.update(sql.release(), claim.key().toBytes(), claim.token().value()));
    }

    @Override
    public ClaimFate fateOf(Claim claim) {
        return guarded(() -> {
            byte[] key = claim.key().toBytes();
            UUID token = claim.token().value();
            if (!jdbc.queryForList(sql.tryLock(), Boolean.class, lockId(key)).contains(true)) {
                return ClaimFate.UNDECIDED;
            }
            List<Boolean> visible = jdbc.queryForList(sql.fate(), Boolean.class, key, token);
            if (visible.contains(false)) {
                List<Boolean> latest = jdbc.queryForList(sql.lockOpen(), Boolean.class, key, token);
                return latest.isEmpty() ? ClaimFate.UNDECIDED : fate(latest);
            }
            return fate(visible);
        });
    }

    private static ClaimFate fate(List<Boolean> completed) {
        return completed.contains(true) ? ClaimFate.COMMITTED : ClaimFate.GONE;
    }

    @Override
    public int purge(int limit) {
        return guarded(() -> jdbc.update(sql.purge(), limit));
    }

    /** The first 64 of 256 bits: two keys that share them are told to try again, never executed together. */
    private static long lockId(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    private static <T> T guarded(Supplier<T> statements) {
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

    /**
     * What one statement found out.
     *
     * @param locked whether the key's transaction lock was had
     * @param claimed whether the record was inserted
     * @param found the record that was there, or null if none was seen
     * @param over whether that record's retention is over
     */
    private record Row(
            boolean locked, boolean claimed, @Nullable KeyRecord found, boolean over) {

        static final Row LOCKED_BUT_NOT_SEEN = new Row(true, false, null, false);

        static Row read(ResultSet rs) throws SQLException {
            byte[] fingerprint = rs.getBytes("fingerprint");
            KeyRecord found = fingerprint == null ? null : new KeyRecord(readable(fingerprint), completion(rs));
            return new Row(rs.getBoolean("locked"), rs.getBoolean("claimed"), found, rs.getBoolean("over"));
        }

        private static RequestFingerprint readable(byte[] fingerprint) {
            try {
                return RequestFingerprint.fromBytes(fingerprint);
            } catch (IllegalArgumentException e) {
                throw new UnreadableRecordException("A stored fingerprint is damaged, or of a newer release.", e);
            }
        }

        private static @Nullable Completion completion(ResultSet rs) throws SQLException {
            byte[] response = rs.getBytes("response");
            if (response == null) {
                return null;
            }
            BigDecimal seconds = rs.getBigDecimal("age").max(BigDecimal.ZERO);
            Duration age = Duration.ofNanos(seconds.movePointRight(9).longValue());
            return new Completion(() -> StoredResponseCodec.decode(response), age);
        }
    }
}
