package io.idempotency.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TransactionalExecutor} over a {@link Rehearsal}, whose time passes only when it pauses. */
final class ExecutorStage {

    static final Duration RETENTION = Duration.ofHours(24);

    final Rehearsal rehearsal = new Rehearsal();
    final List<Duration> pauses = new ArrayList<>();
    final RecordKey key = Samples.key("key");

    private final TransactionalExecutor executor;
    private final TransactionSettings settings =
            new TransactionSettings(TransactionSettings.Isolation.SERIALIZABLE, Duration.ofSeconds(3));
    private @Nullable Runnable duringPause;
    private OutcomePolicy outcomes = status -> status < 500;
    private long now = Long.MAX_VALUE - 10;

    ExecutorStage() {
        this(Duration.ZERO);
    }

    ExecutorStage(Duration wait) {
        executor = new TransactionalExecutor(
                rehearsal.store(), rehearsal.transactions(), new Waiting(wait, () -> now, this::pass));
    }

    private void pass(Duration duration) throws InterruptedException {
        rehearsal.says("pause");
        pauses.add(duration);
        now += duration.toNanos();
        if (rehearsal.open != 0) {
            throw new AssertionError("A transaction was open during a pause.");
        }
        if (duringPause != null) {
            duringPause.run();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    ExecutorStage duringPause(Runnable event) {
        duringPause = event;
        return this;
    }

    ExecutorStage outcomes(OutcomePolicy policy) {
        outcomes = policy;
        return this;
    }

    TransactionSettings settings() {
        return settings;
    }

    IdempotentRequest request() {
        return new IdempotentRequest(key, Samples.fingerprint(1, 7), settings, RETENTION, outcomes);
    }

    ExecutionOutcome execute(IdempotentHandler handler) throws Exception {
        return executor.execute(request(), transaction -> {
            rehearsal.says("handle");
            return handler.handle(transaction);
        });
    }

    ExecutionOutcome answering(int status) throws Exception {
        return execute(transaction -> Samples.response(status));
    }

    ExecutionOutcome answeringOverRollbackOnly(int status) throws Exception {
        return execute(transaction -> {
            transaction.setRollbackOnly();
            return Samples.response(status);
        });
    }

    String script() {
        return rehearsal.script();
    }
}
