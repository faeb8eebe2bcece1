package io.idempotency.core;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the transactional mode: claim, effect and response commit in one transaction, or none of them does.
 *
 * <p>Thread-safe. When a call returns, or throws, its key is not in progress any more.
 */
public final class TransactionalExecutor {

    private static final int DECISION_ATTEMPTS = 8;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    /** Much longer than a decision takes, and no longer than a client would wait for one. */
    private static final Duration DECISION_PATIENCE = Duration.ofSeconds(1);

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final Waiting waiting;
    private final RecentCompletions recent;
    private final CommitWitness witness;
    private final InFlightKeys inFlight = new InFlightKeys();

    /**
     * Puts the rule together.
     *
     * @param store where records are kept
     * @param transactions begins the transactions that the store's calls join
     * @param waiting how long a duplicate waits for the first request before it is told that it is in progress
     * @param recent what is known of completed records without asking the store
     */
    public TransactionalExecutor(
            IdempotencyStore store, TransactionBoundary transactions, Waiting waiting, RecentCompletions recent) {
        this.store = store;
        this.transactions = transactions;
        this.waiting = waiting;
        this.recent = recent;
        this.witness = new CommitWitness(store, transactions, waiting);
    }

    /**
     * Brings one request to its outcome, running the handler at most once.
     *
     * @param request the request
     * @param handler the business; runs only under a claim
     * @return the outcome; whatever it is, no transaction is open any more
     * @throws Exception what the handler threw, after everything was rolled back
     */
    public ExecutionOutcome execute(IdempotentRequest request, IdempotentHandler handler) throws Exception {
        long deadline = waiting.deadline();
        while (true) {
            ExecutionOutcome outcome = remembered(request);
            boolean mine = outcome == null && inFlight.enter(request.key());
            if (mine) {
                outcome = inTurn(request, handler);
            }
            if (outcome != null) {
                return outcome;
            }
            if (!awaitNextTry(request.key(), mine, waiting.remaining(deadline))) {
                return new InProgress();
            }
        }
    }

    /** The answer that takes neither a turn nor a connection: that of a record which is known to be committed. */
    private @Nullable ExecutionOutcome remembered(IdempotentRequest request) {
        KeyRecord found = recent.find(request.key());
        return found == null ? null : answerTo(found.classify(request.fingerprint()));
    }

    /** Decides while no other thread of this process does; null if another node executes the key. */
    private @Nullable ExecutionOutcome inTurn(IdempotentRequest request, IdempotentHandler handler) throws Exception {
        try {
            // Whoever had the turn before may have learnt what this thread is about to ask.
            ExecutionOutcome remembered = remembered(request);
            if (remembered != null) {
                return remembered;
            }
            Decision decision = decide(request);
            if (decision instanceof Granted granted) {
                inFlight.executes(request.key());
                return run(request, granted, handler);
            }
            return decision.outcome() instanceof InProgress ? null : decision.outcome();
        } finally {
            inFlight.leave(request.key());
        }
    }

    /**
     * Waits, with neither a connection nor a claim, until it is worth asking again.
     *
     * @param elsewhere whether another node executes the key
     * @return false if the key is in progress and patience is at its end
     */
    private boolean awaitNextTry(RecordKey key, boolean elsewhere, Duration patience) {
        try {
            if (!elsewhere && !inFlight.awaitExecution(key, DECISION_PATIENCE)) {
                return true;
            }
            if (patience.isZero()) {
                return false;
            }
            if (elsewhere) {
                Duration interval = Waiting.POLL_INTERVAL;
                waiting.pause().pause(patience.compareTo(interval) < 0 ? patience : interval);
            } else {
                inFlight.awaitLeave(key, patience);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks for the claim, again in a new transaction as often as a concurrent one makes the answer impossible. */
    private Decision decide(IdempotentRequest request) {
        for (int attempt = 0; attempt < DECISION_ATTEMPTS; attempt++) {
            try {
                return claim(request);
            } catch (SerializationConflictException conflict) {
                // Whoever won the race has committed or rolled back: a new transaction sees what came of it.
            } catch (IdempotencyStoreException e) {
                return new Settled(new StoreUnavailable(e));
            }
        }
        return new Settled(new InProgress());
    }

    /** The transaction stays open under a granted claim, and under nothing else. */
    private Decision claim(IdempotentRequest request) {
        Claim claim = Claim.on(request.key(), request.fingerprint());
        OpenTransaction transaction = transactions.begin(request.transaction());
        boolean granted = false;
        try {
            long asked = recent.now();
            ClaimResult result = store.claim(claim);
            granted = result instanceof Claimed;
            if (result instanceof Completed completed) {
                recent.remember(request.key(), completed, asked);
            }
            return granted ? new Granted(claim, transaction) : new Settled(answerTo(result));
        } finally {
            if (!granted) {
                transaction.rollback();
            }
        }
    }

    private static ExecutionOutcome answerTo(ClaimResult refusal) {
        if (refusal instanceof Completed completed) {
            return completed.response().content() instanceof ResponseContent.NotKept
                    ? new ResponseNotKept()
                    : new Replayed(completed.response(), completed.age());
        }
        return refusal instanceof ClaimResult.KeyReused ? new KeyReused() : new InProgress();
    }

    private ExecutionOutcome run(IdempotentRequest request, Granted granted, IdempotentHandler handler)
            throws Exception {
        OpenTransaction transaction = granted.transaction();
        StoredResponse response;
        boolean kept;
        boolean rollbackOnly;
        boolean answered = false;
        try {
            response = handler.handle(transaction);
            kept = response.status() < FIRST_REDIRECT || request.outcomes().keeps(response.status());
            rollbackOnly = transaction.isRollbackOnly();
            answered = true;
        } finally {
            if (!answered) {
                transaction.rollback();
            }
        }
        if (!kept) {
            transaction.rollback();
            return new Released();
        }
        if (rollbackOnly) {
            transaction.rollback();
            return keepWithoutEffect(request, response);
        }
        return completeAndCommit(request, granted, response, true);
    }

    private ExecutionOutcome completeAndCommit(
            IdempotentRequest request, Granted granted, StoredResponse response, boolean withEffect) {
        OpenTransaction transaction = granted.transaction();
        long asked = recent.now();
        try {
            store.complete(granted.claim(), response, request.retention());
        } catch (IdempotencyStoreException e) {
            transaction.rollback();
            return withEffect && e instanceof TransactionAbortedException
                    ? keepWithoutEffect(request, response)
                    : refusedBecause(e);
        } catch (RuntimeException | Error e) {
            transaction.rollback();
            throw e;
        }
        ExecutionOutcome outcome = witness.commit(granted.claim(), transaction);
        if (outcome instanceof Executed) {
            recent.remember(request.key(), request.completedWith(response), asked);
        }
        return outcome;
    }

    private static ExecutionOutcome refusedBecause(IdempotencyStoreException e) {
        if (e instanceof SerializationConflictException) {
            return new CommitRefused(e, true);
        }
        return e instanceof ClaimLostException ? new ClaimLost(e) : new StoreUnavailable(e);
    }

    /**
     * The effect had to be rolled back. An error answer stays true without it and is kept, in a transaction of its own; a success
     * does not. Another node may have taken the key in between: then its answer is the first one.
     */
    private ExecutionOutcome keepWithoutEffect(IdempotentRequest request, StoredResponse response) {
        if (response.status() < FIRST_ERROR) {
            return new RolledBack();
        }
        IdempotentRequest record = new IdempotentRequest(
                request.key(),
                request.fingerprint(),
                TransactionSettings.READ_COMMITTED,
                request.retention(),
                request.outcomes());
        Decision decision = decide(record);
        return decision instanceof Granted granted
                ? completeAndCommit(record, granted, response, false)
                : decision.outcome();
    }

    private sealed interface Decision {
        ExecutionOutcome outcome();
    }

    private record Granted(Claim claim, OpenTransaction transaction) implements Decision {
        @Override
        public ExecutionOutcome outcome() {
            throw new IllegalStateException("A granted claim has no outcome yet.");
        }
    }

    private record Settled(ExecutionOutcome outcome) implements Decision {}
}
