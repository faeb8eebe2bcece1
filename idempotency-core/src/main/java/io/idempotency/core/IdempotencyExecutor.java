package io.idempotency.core;

import io.idempotency.core.ExecutionOutcome.Deferred;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rule: brings a request to its outcome, running its handler at most once at a time, in the mode that the request asks for.
 *
 * <p>Thread-safe. When a call returns, or throws, its key is not in progress any more, unless its answer is {@link Deferred}.
 */
public final class IdempotencyExecutor {

    /** Much longer than a decision takes, and no longer than a client would wait for one. */
    private static final Duration DECISION_PATIENCE = Duration.ofSeconds(1);

    private final Waiting waiting;
    private final RecentCompletions recent;
    private final Claims claims;
    private final TransactionalMode transactional;
    private final LeasedMode leased;
    private final InFlightKeys inFlight = new InFlightKeys();

    /**
     * Puts the rule together.
     *
     * @param store where records are kept
     * @param transactions begins the transactions that the store's calls join
     * @param waiting how long a duplicate waits for the first request before it is told that it is in progress
     * @param recent what is known of completed records without asking the store
     * @param leases the leases that this process holds, to be renewed from outside
     */
    public IdempotencyExecutor(
            IdempotencyStore store,
            TransactionBoundary transactions,
            Waiting waiting,
            RecentCompletions recent,
            HeldLeases leases) {
        this.waiting = waiting;
        this.recent = recent;
        this.claims = new Claims(store, transactions, recent, leases);
        Settlement settlement = new Settlement(store, new CommitWitness(store, transactions, waiting), recent);
        this.transactional = new TransactionalMode(claims, settlement);
        this.leased = new LeasedMode(store, transactions, claims, settlement, leases, waiting.pause());
    }

    /**
     * Brings one request to its outcome.
     *
     * @param request the request
     * @param handler the business; runs only under a claim
     * @return the outcome; whatever it is, no transaction is open any more
     * @throws Exception what the handler threw, after its transaction was rolled back and its claim given up
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
            if (!awaitNextTry(request, mine, waiting.remaining(deadline))) {
                return inFlight.executesAnother(request.key(), request.fingerprint())
                        ? new KeyReused()
                        : new InProgress();
            }
        }
    }

    /** The answer that takes neither a turn nor a connection: that of a record which is known to be committed. */
    private @Nullable ExecutionOutcome remembered(IdempotentRequest request) {
        KeyRecord found = recent.find(request.key());
        return found == null ? null : Claims.answerTo(found.classify(request.fingerprint()));
    }

    /** Decides while no other thread of this process does; null if another node executes the key. */
    private @Nullable ExecutionOutcome inTurn(IdempotentRequest request, IdempotentHandler handler) throws Exception {
        boolean over = true;
        try {
            // Whoever had the turn before may have learnt what this thread is about to ask.
            ExecutionOutcome remembered = remembered(request);
            if (remembered != null) {
                return remembered;
            }
            Decision decision = claims.decide(request);
            if (decision instanceof Decision.Granted granted) {
                inFlight.executes(request.key(), request.lease() == null ? null : request.fingerprint());
                ExecutionOutcome outcome = run(request, granted, handler);
                over = !(outcome instanceof Deferred);
                return outcome;
            }
            return decision.outcome() instanceof InProgress ? null : decision.outcome();
        } finally {
            if (over) {
                inFlight.leave(request.key());
            }
        }
    }

    private ExecutionOutcome run(IdempotentRequest request, Decision.Granted granted, IdempotentHandler handler)
            throws Exception {
        return request.lease() == null
                ? transactional.run(request, granted, handler)
                : leased.run(request, granted, handler, () -> inFlight.leave(request.key()));
    }

    /**
     * Waits, with neither a connection nor a claim, until it is worth asking again.
     *
     * @param elsewhere whether another node executes the key
     * @return false if the key is in progress, and patience is at its end or in vain because it is another request's
     */
    private boolean awaitNextTry(IdempotentRequest request, boolean elsewhere, Duration patience) {
        RecordKey key = request.key();
        try {
            if (!elsewhere && !inFlight.awaitExecution(key, DECISION_PATIENCE)) {
                return true;
            }
            if (patience.isZero() || inFlight.executesAnother(key, request.fingerprint())) {
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
}
