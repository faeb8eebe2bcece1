package io.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.KeyScope;
import io.idempotency.core.Lease;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.Takeover;
import io.idempotency.core.TransactionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that renew, purge, take over and complete the same records in any order. */
@Timeout(120)
class LeasesOfManyNodesTest {

    private static final int KEYS = 30;
    private static final int NODES = 8;
    private static final int TURNS = 300;
    private static final Duration RETENTION = Duration.ofMillis(20);

    /** So short that everything ends and expires all the time. */
    private static final Lease LEASE =
            new Lease(Duration.ofMillis(5), Duration.ofMillis(50), RETENTION, Takeover.EXECUTE);

    private static final StoredResponse RESPONSE = new StoredResponse(201, List.of(), new Body(new byte[] {1}));

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = new TestDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void neverDeadlock() throws Exception {
        List<RecordKey> keys = IntStream.range(0, KEYS)
                .mapToObj(n -> RecordKey.of(KeyScope.SHARED, new IdempotencyKey("key" + n)))
                .toList();
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        List<Future<?>> running = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            long seed = node;
            running.add(nodes.submit(() -> live(new Random(seed), keys)));
        }
        nodes.shutdown();
        for (Future<?> node : running) {
            node.get(100, TimeUnit.SECONDS);
        }
    }

    private static void live(Random random, List<RecordKey> keys) {
        List<Claim> claims = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            Claim claim = claims.isEmpty() ? null : claims.get(random.nextInt(claims.size()));
            switch (random.nextInt(8)) {
                case 0 -> committed(() -> database.store.purge(10));
                case 1, 2 -> committed(() -> database.store.renew(claims));
                case 3 -> {
                    if (claim != null) {
                        committed(() -> complete(claim));
                        claims.remove(claim);
                    }
                }
                case 4 -> {
                    if (claim != null) {
                        committed(() -> recordSteps(claim));
                    }
                }
                case 5 -> {
                    if (claim != null) {
                        committed(() -> database.store.release(claim));
                        claims.remove(claim);
                    }
                }
                default -> {
                    Claim next = Claim.leased(keys.get(random.nextInt(keys.size())), fingerprint(), LEASE);
                    committed(() -> {
                        if (database.store.claim(next) instanceof Claimed) {
                            claims.add(next);
                        }
                    });
                }
            }
            Collections.shuffle(claims, random);
        }
    }

    private static void complete(Claim claim) {
        database.store.hold(claim);
        database.store.complete(claim, RESPONSE, RETENTION);
    }

    private static void recordSteps(Claim claim) {
        database.store.hold(claim);
        database.store.recordSteps(claim, Steps.NONE.with("a", new byte[] {1}));
    }

    private static void committed(Runnable work) {
        OpenTransaction transaction = database.transactions.begin(TransactionSettings.READ_COMMITTED);
        try {
            work.run();
        } catch (ClaimLostException e) {
            transaction.rollback();
            return;
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
        assertThat(transaction.commit()).isEqualTo(new Committed());
    }

    private static RequestFingerprint fingerprint() {
        return RequestFingerprint.of((byte) 1, new byte[RequestFingerprint.DIGEST_LENGTH]);
    }
}
