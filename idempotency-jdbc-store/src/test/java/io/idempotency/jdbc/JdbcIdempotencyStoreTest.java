package io.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.KeyScope;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.TransactionAbortedException;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import io.idempotency.core.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataIntegrityViolationException;

/** What only PostgreSQL does to a store. */
@Timeout(60)
class JdbcIdempotencyStoreTest {

    private static final Duration RETENTION = Duration.ofHours(1);
    private static final StoredResponse RESPONSE = new StoredResponse(201, List.of(), new Body(new byte[] {1}));

    private static TestDatabase database;

    private final String clientKey = UUID.randomUUID().toString();
    private final KeyScope scope = new KeyScope(List.of("alice@example.org"));

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void recordThatIsNewerThanTheSnapshotIsDecidedInANewTransaction() {
        for (Isolation isolation : List.of(Isolation.REPEATABLE_READ, Isolation.SERIALIZABLE)) {
            Claim other = claim(clientKey + isolation, 1);
            OpenTransaction transaction = begin(isolation);
            database.jdbc.queryForObject("SELECT count(*) FROM idempotency_record", Long.class);
            CompletableFuture.runAsync(() -> completed(other)).join();

            assertThatThrownBy(() -> database.store.claim(claim(clientKey + isolation, 1)))
                    .isInstanceOf(SerializationConflictException.class);
            transaction.rollback();
            assertThat(claimed(claim(clientKey + isolation, 1))).isInstanceOf(Completed.class);
        }
    }

    @Test
    void differentKeysNeverAbortEachOtherAtSerializable() throws Exception {
        Claim mine = claim(clientKey, 1);
        Claim other = claim(clientKey + "other", 1);
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        OpenTransaction here = begin(Isolation.SERIALIZABLE);
        try {
            OpenTransaction there =
                    elsewhere.submit(() -> begin(Isolation.SERIALIZABLE)).get();
            assertThat(database.store.claim(mine)).isEqualTo(new Claimed());
            assertThat(elsewhere.submit(() -> database.store.claim(other)).get())
                    .isEqualTo(new Claimed());
            database.store.complete(mine, RESPONSE, RETENTION);
            elsewhere
                    .submit(() -> database.store.complete(other, RESPONSE, RETENTION))
                    .get();

            assertThat(here.commit()).isEqualTo(new Committed());
            assertThat(elsewhere.submit(there::commit).get()).isEqualTo(new Committed());
        } finally {
            elsewhere.shutdown();
        }
    }

    @Test
    void completionAfterAFailedStatementSaysThatTheTransactionIsAborted() {
        OpenTransaction transaction = begin(Isolation.READ_COMMITTED);
        Claim claim = claim(clientKey, 1);
        assertThat(database.store.claim(claim)).isEqualTo(new Claimed());
        assertThatThrownBy(() -> database.jdbc.execute("SELECT 1 / 0"))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThatThrownBy(() -> database.store.complete(claim, RESPONSE, RETENTION))
                .isInstanceOf(TransactionAbortedException.class);
        transaction.rollback();
        assertThat(claimed(claim)).isEqualTo(new Claimed());
    }

    @Test
    void recordOfANewerReleaseIsRefusedByNameAndNeverExecuted() {
        completed(claim(clientKey, 1));
        database.jdbc.update(
                "UPDATE idempotency_record SET response = set_byte(response, 0, 99) WHERE record_key = ?", rowKey());

        assertThatThrownBy(() -> claimed(claim(clientKey, 1)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("format version 99");
        assertThat(claimed(claim(clientKey, 2))).isEqualTo(new KeyReused());
    }

    @Test
    void batchIsNoLargerThanItsLimitHoweverItIsPlanned() {
        OpenTransaction transaction = begin(Isolation.READ_COMMITTED);
        database.jdbc.update("""
                INSERT INTO idempotency_record (record_key, claim_token, completed_at, expires_at, fingerprint, response)
                SELECT gen_random_uuid(), gen_random_uuid(), now(), now(), 'x', 'x' FROM generate_series(1, 9)
                """);
        for (String strategy : List.of("hashagg", "hashjoin", "mergejoin", "sort", "material")) {
            database.jdbc.execute("SET LOCAL enable_" + strategy + " = off");
        }

        assertThat(database.store.purge(1)).isOne();
        transaction.rollback();
    }

    @Test
    void damagedFingerprintIsRefusedByName() {
        completed(claim(clientKey, 1));
        database.jdbc.update("UPDATE idempotency_record SET fingerprint = 'short' WHERE record_key = ?", rowKey());

        assertThatThrownBy(() -> claimed(claim(clientKey, 1)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("fingerprint");
    }

    @Test
    void storeWithoutItsTableIsUnavailable() {
        JdbcIdempotencyStore elsewhere = new JdbcIdempotencyStore(database.jdbc, TableName.of("not_there"));

        OpenTransaction transaction = begin(Isolation.READ_COMMITTED);
        assertThatThrownBy(() -> elsewhere.claim(claim(clientKey, 1))).isInstanceOf(StoreUnavailableException.class);
        transaction.rollback();
        assertThatThrownBy(() -> elsewhere.purge(1)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void neitherKeyNorPrincipalIsStoredInClear() {
        completed(claim(clientKey, 1));

        String row = database.jdbc.queryForObject(
                "SELECT r::text || encode(fingerprint, 'escape') FROM idempotency_record r" + " WHERE record_key = ?",
                String.class,
                rowKey());
        assertThat(row).doesNotContain(clientKey).doesNotContain("alice");
    }

    private static OpenTransaction begin(Isolation isolation) {
        return database.transactions.begin(new TransactionSettings(isolation, null));
    }

    private static ClaimResult claimed(Claim claim) {
        OpenTransaction transaction = begin(Isolation.READ_COMMITTED);
        try {
            return database.store.claim(claim);
        } finally {
            transaction.rollback();
        }
    }

    private static void completed(Claim claim) {
        OpenTransaction transaction = begin(Isolation.READ_COMMITTED);
        assertThat(database.store.claim(claim)).isEqualTo(new Claimed());
        database.store.complete(claim, RESPONSE, RETENTION);
        assertThat(transaction.commit()).isEqualTo(new Committed());
    }

    private UUID rowKey() {
        return JdbcIdempotencyStore.rowKey(key(clientKey));
    }

    private Claim claim(String clientValue, int request) {
        byte[] digest = new byte[RequestFingerprint.DIGEST_LENGTH];
        digest[0] = (byte) request;
        return Claim.on(key(clientValue), RequestFingerprint.of((byte) 1, digest));
    }

    private RecordKey key(String clientValue) {
        return RecordKey.of(scope, new IdempotencyKey(clientValue));
    }
}
