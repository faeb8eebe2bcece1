package io.idempotency.core.contract;

import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.CommitResult;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/** Asks one store inside transactions of one isolation level. Thread-safe if the store is. */
final class StoreProbe {

    private static final int ATTEMPTS = 1000;

    private final IdempotencyStoreContract contract;
    private final Isolation isolation;

    private StoreProbe(IdempotencyStoreContract contract, Isolation isolation) {
        this.contract = contract;
        this.isolation = isolation;
    }

    static StoreProbe at(Isolation isolation, IdempotencyStoreContract contract) {
        return new StoreProbe(contract, isolation);
    }

    StoreProbe at(Isolation other) {
        return new StoreProbe(contract, other);
    }

    void advanceTime(Duration duration) {
        contract.advanceTime(duration);
    }

    /** The store as it is: calls join whatever transaction the thread has. */
    IdempotencyStore store() {
        return contract.store();
    }

    IdempotencyStore stepByStep() {
        return new StepByStep();
    }

    /** The abandoned keys of that store, joining likewise. */
    AbandonedKeys abandonedKeys() {
        return contract.abandonedKeys();
    }

    /** What people do, on a thread and in a transaction of its own. */
    <T> T resolve(Function<AbandonedKeys, T> call) {
        return OtherThread.answer(() -> together(store -> call.apply(abandonedKeys())));
    }

    /** Begins on the calling thread, at the level of this probe. */
    OpenTransaction begin() {
        TransactionBoundary transactions = contract.transactions();
        return transactions.begin(new TransactionSettings(isolation, null));
    }

    /** Begins on a thread of its own, at the level of this probe. */
    OtherTransaction beginElsewhere() {
        return new OtherTransaction(this);
    }

    /**
     * Takes several calls in one transaction and commits it. Where a concurrent transaction makes that
     * impossible, everything is taken again in a new one.
     */
    <T> T together(Function<IdempotencyStore, T> calls) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OpenTransaction transaction = begin();
            boolean answered = false;
            T answer;
            try {
                answer = calls.apply(store());
                answered = true;
            } catch (SerializationConflictException e) {
                continue;
            } finally {
                if (!answered) {
                    transaction.rollback();
                }
            }
            CommitResult commit = transaction.commit();
            if (commit instanceof CommitResult.Committed) {
                return answer;
            }
            if (commit instanceof Failed failed && !failed.retryable()) {
                throw new AssertionError("The commit was refused for good.", failed.cause());
            }
        }
        throw new AssertionError("No answer in " + ATTEMPTS + " transactions.");
    }

    /** Every call on a thread and in a transaction of its own. */
    private final class StepByStep implements IdempotencyStore {

        @Override
        public ClaimResult claim(Claim claim) {
            return step(store -> store.claim(claim));
        }

        @Override
        public void complete(Claim claim, StoredResponse response, Duration retention) {
            step(store -> {
                store.complete(claim, response, retention);
                return true;
            });
        }

        @Override
        public ClaimFate fateOf(Claim claim) {
            return step(store -> store.fateOf(claim));
        }

        @Override
        public void hold(Claim claim) {
            step(store -> {
                store.hold(claim);
                return true;
            });
        }

        @Override
        public void recordSteps(Claim claim, Steps steps) {
            step(store -> {
                store.recordSteps(claim, steps);
                return true;
            });
        }

        @Override
        public void release(Claim claim) {
            step(store -> {
                store.release(claim);
                return true;
            });
        }

        @Override
        public int renew(Collection<Claim> claims) {
            return step(store -> store.renew(claims));
        }

        @Override
        public int purge(int limit) {
            return step(store -> store.purge(limit));
        }

        private <T> T step(Function<IdempotencyStore, T> call) {
            return OtherThread.answer(() -> together(call));
        }
    }
}
