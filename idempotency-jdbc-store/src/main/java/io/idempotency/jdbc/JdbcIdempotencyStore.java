package io.idempotency.jdbc;

import static io.idempotency.jdbc.StoreErrors.translated;

import io.idempotency.core.Attempt;
import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.KeyRecord;
import io.idempotency.core.KeyRecord.Unsettled;
import io.idempotency.core.Lease;
import io.idempotency.core.RecordKey;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponseCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The store in PostgreSQL, 14 or later.
 *
 * <p>A call joins the Spring-managed transaction that is bound to the thread for the same {@code DataSource}. A claim is a
 * transaction-level advisory lock on the key, had before the records were looked at, so that it leaves nothing behind when its
 * transaction ends in whatever way; the record is written once, with its response. A claim with a lease is made under the same lock and
 * then written down. Retention and leases are measured by the database's clock.
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
        byte[] answer = translated(() -> claim.lease() == null
                ? only(sql.claim(), lockId(key), key)
                : only(
                        sql.lease(),
                        lockId(key),
                        key,
                        key,
                        claim.token().value(),
                        micros(claim.lease().kept()),
                        micros(claim.lease().duration()),
                        claim.fingerprint().toBytes()));
        if (answer == null) {
            return new ClaimResult.InProgress();
        }
        if (answer.length == 0) {
            return new Claimed(Attempt.FIRST);
        }
        KeyRecord record = RecordBytes.read(answer);
        return record.isOpenTo(claim) ? takeOver(key, claim, record) : record.classify(claim);
    }

    private byte @Nullable [] only(String query, Object... values) {
        return jdbc.query(query, (rs, row) -> rs.getBytes(1), values).get(0);
    }

    private ClaimResult takeOver(UUID key, Claim claim, KeyRecord left) {
        Lease lease = claim.requireLease();
        List<Attempt> attempts = translated(() -> jdbc.query(
                sql.takeOver(),
                (rs, row) -> new Attempt(
                        rs.getInt(1), left.state() == Unsettled.ABANDONED, RecordBytes.steps(rs.getBytes(2))),
                claim.token().value(),
                micros(lease.kept()),
                micros(lease.duration()),
                key,
                left.fingerprint().toBytes(),
                lockId(key)));
        return attempts.isEmpty() ? new ClaimResult.InProgress() : new Claimed(attempts.get(0));
    }

    @Override
    public void complete(Claim claim, StoredResponse response, Duration retention) {
        requireTransaction();
        UUID key = rowKey(claim.key());
        UUID token = claim.token().value();
        byte[] bytes = StoredResponseCodec.encode(response);
        requireHeld(
                claim,
                translated(() -> claim.lease() == null
                        ? insert(
                                key,
                                token,
                                micros(retention),
                                claim.fingerprint().toBytes(),
                                bytes,
                                lockId(key))
                        : jdbc.update(sql.completeLeased(), micros(retention), bytes, key, token) == 1));
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
        UUID token = claim.token().value();
        return translated(() -> {
            if (claim.lease() == null && !isTrue(sql.tryLock(), lockId(key))) {
                return ClaimFate.UNDECIDED;
            }
            List<Boolean> completed = jdbc.queryForList(sql.fate(), Boolean.class, key, token);
            if (completed.isEmpty()) {
                return isTrue(sql.known(), key, token) ? ClaimFate.UNDECIDED : ClaimFate.GONE;
            }
            return completed.contains(true) ? ClaimFate.COMMITTED : ClaimFate.GONE;
        });
    }

    @Override
    public void hold(Claim claim) {
        requireTransaction();
        claim.requireLease();
        UUID key = rowKey(claim.key());
        requireHeld(
                claim,
                translated(
                        () -> isTrue(sql.hold(), lockId(key), key, claim.token().value())));
    }

    @Override
    public void recordSteps(Claim claim, Steps steps) {
        requireTransaction();
        Lease lease = claim.requireLease();
        requireHeld(
                claim,
                translated(() -> jdbc.update(
                                sql.recordSteps(),
                                steps.toBytes(),
                                micros(lease.duration()),
                                micros(lease.retention()),
                                rowKey(claim.key()),
                                claim.token().value())
                        == 1));
    }

    @Override
    public void release(Claim claim) {
        claim.requireLease();
        translated(() ->
                jdbc.update(sql.release(), rowKey(claim.key()), claim.token().value()));
    }

    @Override
    public int renew(Collection<Claim> claims) {
        return translated(() -> jdbc.update(
                sql.renew(),
                array(claims, claim -> rowKey(claim.key())),
                array(claims, claim -> claim.token().value()),
                array(claims, claim -> micros(claim.requireLease().duration())),
                array(claims, claim -> micros(claim.requireLease().retention()))));
    }

    /** An array as its text, which needs no connection to be made by. */
    private static String array(Collection<Claim> claims, Function<Claim, Object> element) {
        return claims.stream().map(element).map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private boolean isTrue(String query, Object... values) {
        return jdbc.queryForList(query, Boolean.class, values).contains(true);
    }

    private static void requireHeld(Claim claim, boolean held) {
        if (!held) {
            throw new ClaimLostException("The claim on key " + claim.key()
                    + " is not held: another claim has the key, or it is completed. Nothing was stored.");
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    @Override
    public int purge(int limit) {
        return translated(() -> jdbc.update(sql.purge(), limit));
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
}
