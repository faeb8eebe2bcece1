package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Replayed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Duplicates within one process, over the store in memory. */
@Timeout(30)
class IdempotencyExecutorConcurrencyTest {

    private static final int DUPLICATES = 16;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MutableClock clock = new MutableClock();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(transactions, clock);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayFinish = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void duplicateOfRunningRequestIsAnsweredInProgressWithoutATransaction() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);
        Future<ExecutionOutcome> first = runningRequest(executor);

        for (int i = 0; i < DUPLICATES; i++) {
            assertThat(executor.execute(request(1), this::handle)).isEqualTo(new InProgress());
        }
        assertThat(begun).hasValue(1);
        mayFinish.countDown();
        assertThat(first.get()).isEqualTo(new Executed());
        assertThat(handled).hasValue(1);
    }

    @Test
    void keyIsNotInProgressAnyMoreWhenTheOutcomeIsKnown() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);

        assertThat(executor.execute(request(1), this::handle)).isEqualTo(new Executed());
        assertThat(executor.execute(request(1), this::handle))
                .isEqualTo(new Replayed(Samples.response(201), Duration.ZERO));
        assertThat(executor.execute(request(2), this::handle)).isEqualTo(new KeyReused());
        assertThat(executor.execute(request(1), this::handle)).isInstanceOf(Replayed.class);
        assertThat(handled).hasValue(1);
    }

    @Test
    void keyIsExecutedAgainWhenItsRetentionIsOver() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);
        executor.execute(request(1), this::handle);
        clock.advance(Duration.ofHours(1));

        assertThat(executor.execute(request(2), this::handle)).isEqualTo(new Executed());
    }

    @Test
    void keyIsNewAfterAnException() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);
        IOException thrown = new IOException();
        assertThatThrownBy(() -> executor.execute(request(1), execution -> {
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(executor.execute(request(1), this::handle)).isEqualTo(new Executed());
    }

    @Test
    void keptErrorOverARollbackOnlyTransactionIsReplayed() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);
        assertThat(executor.execute(request(1), execution -> {
                    execution.transaction().orElseThrow().setRollbackOnly();
                    return Samples.response(422);
                }))
                .isEqualTo(new Executed());

        assertThat(executor.execute(request(1), this::handle))
                .isEqualTo(new Replayed(Samples.response(422), Duration.ZERO));
    }

    @Test
    void waitingDuplicatesReplayTheFirstAnswerAsSoonAsItIsThere() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ofDays(1));
        Future<ExecutionOutcome> first = runningRequest(executor);
        List<Future<ExecutionOutcome>> duplicates = new ArrayList<>();
        for (int i = 0; i < DUPLICATES; i++) {
            duplicates.add(threads.submit(() -> executor.execute(request(1), this::handle)));
        }
        assertThat(begun).hasValue(1);
        mayFinish.countDown();

        assertThat(first.get()).isEqualTo(new Executed());
        for (Future<ExecutionOutcome> duplicate : duplicates) {
            assertThat(duplicate.get()).isEqualTo(new Replayed(Samples.response(201), Duration.ZERO));
        }
        assertThat(handled).hasValue(1);
    }

    @Test
    void waitingDuplicateExecutesWhenTheFirstFails() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ofDays(1));
        Future<ExecutionOutcome> first = threads.submit(() -> executor.execute(request(1), execution -> {
            awaitPermission();
            throw new IOException();
        }));
        running.await();
        Future<ExecutionOutcome> duplicate = threads.submit(() -> executor.execute(request(1), this::handle));
        mayFinish.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(IOException.class);
        assertThat(duplicate.get()).isEqualTo(new Executed());
    }

    @Test
    void interruptedDuplicateOfRunningRequestStopsWaiting() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ofDays(1));
        Future<ExecutionOutcome> first = runningRequest(executor);

        Thread.currentThread().interrupt();
        assertThat(executor.execute(request(1), this::handle)).isEqualTo(new InProgress());
        assertThat(Thread.interrupted()).isTrue();

        mayFinish.countDown();
        assertThat(first.get()).isEqualTo(new Executed());
    }

    @Test
    void stormOfDuplicatesIsExecutedOnce() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ofDays(1));
        CyclicBarrier start = new CyclicBarrier(DUPLICATES);
        List<Future<ExecutionOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < DUPLICATES; i++) {
            outcomes.add(threads.submit(() -> {
                start.await();
                return executor.execute(request(1), this::handle);
            }));
        }
        int executed = 0;
        for (Future<ExecutionOutcome> outcome : outcomes) {
            executed += outcome.get() instanceof Executed ? 1 : 0;
        }
        assertThat(executed).isEqualTo(1);
        assertThat(handled).hasValue(1);
    }

    @Test
    void simultaneousRetriesOfACompletedRequestAreAllReplayed() throws Exception {
        IdempotencyExecutor executor = executor(Duration.ZERO);
        executor.execute(request(1), this::handle);
        for (int round = 0; round < 20; round++) {
            CyclicBarrier start = new CyclicBarrier(DUPLICATES);
            List<Future<ExecutionOutcome>> retries = new ArrayList<>();
            for (int i = 0; i < DUPLICATES; i++) {
                retries.add(threads.submit(() -> {
                    start.await();
                    return executor.execute(request(1), this::handle);
                }));
            }
            for (Future<ExecutionOutcome> retry : retries) {
                assertThat(retry.get()).isInstanceOf(Replayed.class);
            }
        }
    }

    @Test
    void retryThatMeetsAnotherWhichIsBeingDecidedAsksInItsTurn() throws Exception {
        executor(Duration.ZERO).execute(request(1), this::handle);
        begun.set(0);
        TransactionBoundary slow = settings -> {
            begun.incrementAndGet();
            running.countDown();
            awaitLatch(mayFinish);
            return transactions.begin(settings);
        };
        IdempotencyExecutor executor = new IdempotencyExecutor(
                store,
                slow,
                Waiting.atMost(Duration.ZERO),
                RecentCompletions.none(),
                new HeldLeases(store, slow, System::nanoTime));
        Future<ExecutionOutcome> one = threads.submit(() -> executor.execute(request(1), this::handle));
        running.await();
        FutureTask<ExecutionOutcome> other = new FutureTask<>(() -> executor.execute(request(1), this::handle));
        Thread waiting = new Thread(other);
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(begun).hasValue(1);
        mayFinish.countDown();

        assertThat(one.get()).isInstanceOf(Replayed.class);
        assertThat(other.get()).isInstanceOf(Replayed.class);
        assertThat(begun).hasValue(2);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<ExecutionOutcome> runningRequest(IdempotencyExecutor executor) throws InterruptedException {
        Future<ExecutionOutcome> first = threads.submit(() -> executor.execute(request(1), execution -> {
            awaitPermission();
            return handle(execution);
        }));
        running.await();
        return first;
    }

    private void awaitPermission() throws InterruptedException {
        running.countDown();
        mayFinish.await();
    }

    private StoredResponse handle(Execution execution) {
        handled.incrementAndGet();
        return Samples.response(201);
    }

    private IdempotencyExecutor executor(Duration wait) {
        TransactionBoundary counting = settings -> {
            begun.incrementAndGet();
            return transactions.begin(settings);
        };
        return new IdempotencyExecutor(
                store,
                counting,
                Waiting.atMost(wait),
                RecentCompletions.none(),
                new HeldLeases(store, counting, System::nanoTime));
    }

    private static IdempotentRequest request(int body) {
        return new IdempotentRequest(
                Samples.key("key"),
                Samples.fingerprint(1, body),
                TransactionSettings.READ_COMMITTED,
                Duration.ofHours(1),
                status -> status < 500,
                null);
    }
}
