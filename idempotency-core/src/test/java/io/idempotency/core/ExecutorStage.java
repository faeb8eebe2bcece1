package io.idempotency.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link IdempotencyExecutor} over a {@link Rehearsal}, whose time passes only when it pauses. */
final class ExecutorStage {

    static final Duration RETENTION = Duration.ofHours(24);
    static final Duration MAX_AGE = Duration.ofSeconds(10);

    final Rehearsal rehearsal = new Rehearsal();
    final List<Duration> pauses = new ArrayList<>();
    final RecordKey key = Samples.key("key");

    private final IdempotencyExecutor executor;
    private final RecentCompletions recent;
    final HeldLeases leases = new HeldLeases(rehearsal.store(), rehearsal.transactions(), this::now);
    private final TransactionSettings settings =
            new TransactionSettings(TransactionSettings.Isolation.SERIALIZABLE, Duration.ofSeconds(3));
    private @Nullable Runnable duringPause;
    private OutcomePolicy outcomes = status -> status < 500;
    private Duration retention = RETENTION;
    private @Nullable Lease lease;
    private Runnable beforeNextLook = () -> {};
    private long now = Long.MAX_VALUE - 10;

    ExecutorStage() {
        this(Duration.ZERO);
    }

    ExecutorStage(Duration wait) {
        this(wait, 0);
    }

    /** Remembers completed records of so many bytes for {@link #MAX_AGE}. */
    ExecutorStage(Duration wait, long memory) {
        recent = new RecentCompletions(memory, MAX_AGE, this::timeOfMemory);
        executor = new IdempotencyExecutor(
                rehearsal.store(), rehearsal.transactions(), new Waiting(wait, () -> now, this::pass), recent, leases);
    }

    private long now() {
        return now;
    }

    RecentCompletions recent() {
        return recent;
    }

    ExecutorStage leased(Lease held) {
        lease = held;
        return this;
    }

    ExecutorStage retention(Duration duration) {
        retention = duration;
        return this;
    }

    void advance(Duration duration) {
        now += duration.toNanos();
    }

    private long timeOfMemory() {
        Runnable event = beforeNextLook;
        beforeNextLook = () -> {};
        event.run();
        return now;
    }

    /** Happens once, when the memory asks for the time. */
    ExecutorStage beforeNextLook(Runnable event) {
        beforeNextLook = event;
        return this;
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

    private IdempotentRequest request(RequestFingerprint fingerprint) {
        return new IdempotentRequest(key, fingerprint, settings, retention, outcomes, lease);
    }

    ExecutionOutcome execute(IdempotentHandler handler) throws Exception {
        return execute(Samples.fingerprint(1, 7), handler);
    }

    private ExecutionOutcome execute(RequestFingerprint fingerprint, IdempotentHandler handler) throws Exception {
        return executor.execute(request(fingerprint), execution -> {
            rehearsal.says("handle");
            return handler.handle(execution);
        });
    }

    ExecutionOutcome answeringAnotherRequest(int status) throws Exception {
        return execute(Samples.fingerprint(1, 8), transaction -> Samples.response(status));
    }

    ExecutionOutcome answering(int status) throws Exception {
        return execute(execution -> Samples.response(status));
    }

    ExecutionOutcome answeringOverRollbackOnly(int status) throws Exception {
        return execute(execution -> {
            execution.transaction().orElseThrow().setRollbackOnly();
            return Samples.response(status);
        });
    }

    String script() {
        return rehearsal.script();
    }
}
