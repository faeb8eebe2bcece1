package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Replayed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many copies of one request, on nodes that remember, over the store in memory. */
@Timeout(30)
class RecentCompletionsStormTest {

    private static final int THREADS = 16;
    private static final int COPIES = 100;
    private static final Duration RETENTION = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MutableClock clock = new MutableClock();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(transactions, clock);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch mayCommit = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void stormOfRetriesOfACompletedRequestAsksTheStoreOnce() throws Exception {
        node(Duration.ZERO).execute(request(1), this::handle);
        IdempotencyExecutor otherNode = node(Duration.ZERO);
        asked.set(0);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Integer>> storm = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            storm.add(threads.submit(() -> {
                start.await();
                return replays(otherNode);
            }));
        }
        for (Future<Integer> replayed : storm) {
            assertThat(replayed.get()).isEqualTo(COPIES);
        }
        assertThat(asked).hasValue(1);
        assertThat(handled).hasValue(1);
    }

    private int replays(IdempotencyExecutor node) throws Exception {
        int replayed = 0;
        for (int copy = 0; copy < COPIES; copy++) {
            replayed += node.execute(request(1), this::handle) instanceof Replayed ? 1 : 0;
        }
        return replayed;
    }

    @Test
    void duplicatesThatWaitForTheFirstAreAnsweredWithoutTheStore() throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        IdempotencyExecutor node = node(Duration.ofDays(1), committing);
        Future<ExecutionOutcome> first = threads.submit(() -> node.execute(request(1), this::handle));
        committing.await();
        List<Future<ExecutionOutcome>> duplicates = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            duplicates.add(threads.submit(() -> node.execute(request(1), this::handle)));
        }
        mayCommit.countDown();

        assertThat(first.get()).isEqualTo(new Executed());
        for (Future<ExecutionOutcome> duplicate : duplicates) {
            assertThat(duplicate.get()).isInstanceOf(Replayed.class);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void duplicateOfARequestThatIsBeingCommittedIsInProgress() throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        IdempotencyExecutor node = node(Duration.ZERO, committing);
        Future<ExecutionOutcome> first = threads.submit(() -> node.execute(request(1), this::handle));
        committing.await();

        assertThat(node.execute(request(1), this::handle)).isEqualTo(new InProgress());
        mayCommit.countDown();
        assertThat(first.get()).isEqualTo(new Executed());
        assertThat(node.execute(request(1), this::handle)).isInstanceOf(Replayed.class);
        assertThat(handled).hasValue(1);
    }

    @Test
    void keyIsNewAfterItsRetentionWhereverItIsRemembered() throws Exception {
        IdempotencyExecutor node = node(Duration.ZERO);
        IdempotencyExecutor otherNode = node(Duration.ZERO);
        node.execute(request(1), this::handle);
        clock.advance(RETENTION.minusMinutes(1));
        assertThat(otherNode.execute(request(1), this::handle))
                .isEqualTo(new Replayed(Samples.response(201), RETENTION.minusMinutes(1)));
        assertThat(node.execute(request(2), this::handle)).isEqualTo(new KeyReused());
        clock.advance(Duration.ofMinutes(1));

        assertThat(store.purge(10)).isEqualTo(1);
        assertThat(otherNode.execute(request(2), this::handle)).isEqualTo(new Executed());
        assertThat(node.execute(request(1), this::handle)).isEqualTo(new KeyReused());
        assertThat(node.execute(request(2), this::handle)).isInstanceOf(Replayed.class);
        assertThat(handled).hasValue(2);
    }

    private StoredResponse handle(Execution execution) {
        handled.incrementAndGet();
        return Samples.response(201);
    }

    /** A node that remembers for longer than the retention. */
    private IdempotencyExecutor node(Duration wait) {
        mayCommit.countDown();
        return node(wait, new CountDownLatch(1));
    }

    private IdempotencyExecutor node(Duration wait, CountDownLatch committing) {
        TransactionBoundary counting = settings -> {
            asked.incrementAndGet();
            return new SlowCommit(transactions.begin(settings), committing, mayCommit);
        };
        RecentCompletions recent = new RecentCompletions(1_000_000, RETENTION.multipliedBy(2), this::nanoTime);
        return new IdempotencyExecutor(
                store, counting, Waiting.atMost(wait), recent, new HeldLeases(store, counting, System::nanoTime));
    }

    private long nanoTime() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    private static IdempotentRequest request(int body) {
        return new IdempotentRequest(
                Samples.key("key"),
                Samples.fingerprint(1, body),
                TransactionSettings.READ_COMMITTED,
                RETENTION,
                status -> status < 500,
                null);
    }

    /** Says that it is about to commit, and waits until it may. */
    private record SlowCommit(OpenTransaction transaction, CountDownLatch committing, CountDownLatch mayCommit)
            implements OpenTransaction {

        @Override
        public boolean isRollbackOnly() {
            return transaction.isRollbackOnly();
        }

        @Override
        public void setRollbackOnly() {
            transaction.setRollbackOnly();
        }

        @Override
        public void flush() {
            transaction.flush();
        }

        @Override
        public CommitResult commit() {
            committing.countDown();
            try {
                mayCommit.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return transaction.commit();
        }

        @Override
        public void rollback() {
            transaction.rollback();
        }
    }
}
