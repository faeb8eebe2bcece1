package io.idempotency.core;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.InMemoryRecord.Deleted;
import io.idempotency.core.InMemoryRecord.Kept;
import io.idempotency.core.InMemoryRecord.Leased;
import io.idempotency.core.InMemoryRecord.Open;
import io.idempotency.core.InMemoryRecord.State;
import io.idempotency.core.InMemoryTransactions.Transaction;
import io.idempotency.core.KeyRecord.Unsettled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of one process, for unit tests and demonstrations.
 *
 * <p>It keeps the contract within this process, and loses everything when the process ends. It cannot undo what a failed handler
 * did: its transactions reach no further than its own records.
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore, AbandonedKeys {

    private static final State OPEN = new Open();
    private static final State DELETED = new Deleted();

    private final Map<RecordKey, InMemoryRecord> entries = new HashMap<>();
    private final InMemoryTransactions transactions;
    private final InstantSource clock;

    /**
     * An empty store.
     *
     * @param transactions the transactions that calls join
     * @param clock the clock that decides about retention
     */
    public InMemoryIdempotencyStore(InMemoryTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public synchronized ClaimResult claim(Claim claim) {
        Transaction transaction = transaction();
        InMemoryRecord found = entries.get(claim.key());
        if (found != null && (isHiddenFromCaller(found) || found.state() instanceof Open)) {
            return new ClaimResult.InProgress();
        }
        Instant now = clock.instant();
        if (found == null || found.isOver(now)) {
            write(new InMemoryRecord(
                    claim, claim.lease() == null ? OPEN : Leased.first(claim.lease(), now), transaction));
            return new Claimed(Attempt.FIRST);
        }
        KeyRecord record = found.toRecord(now);
        if (found.state() instanceof Leased left && record.isOpenTo(claim)) {
            return takeOver(
                    new Claim(claim.key(), record.fingerprint(), claim.token(), claim.lease()), left, record, now);
        }
        return record.classify(claim);
    }

    private Claimed takeOver(Claim claim, Leased left, KeyRecord record, Instant now) {
        Leased next = left.next(claim.requireLease(), now);
        write(new InMemoryRecord(claim, next, transactions.current()));
        return new Claimed(new Attempt(next.attempt(), record.state() == Unsettled.ABANDONED, next.steps()));
    }

    @Override
    public synchronized void complete(Claim claim, StoredResponse response, Duration retention) {
        Transaction transaction = transaction();
        requireHeld(claim);
        Kept kept = new Kept(response, clock.instant(), clock.instant().plus(retention));
        write(new InMemoryRecord(claim, kept, transaction));
    }

    @Override
    public synchronized ClaimFate fateOf(Claim claim) {
        InMemoryRecord found = entries.get(claim.key());
        if (isHiddenFromCaller(found)) {
            return ClaimFate.UNDECIDED;
        }
        boolean committed = found != null && found.isUnder(claim) && found.state() instanceof Kept;
        return committed ? ClaimFate.COMMITTED : ClaimFate.GONE;
    }

    @Override
    public synchronized void hold(Claim claim) {
        Transaction transaction = transaction();
        write(new InMemoryRecord(claim, requireLeased(claim), transaction));
    }

    @Override
    public synchronized void recordSteps(Claim claim, Steps steps) {
        Transaction transaction = transaction();
        write(new InMemoryRecord(
                claim,
                requireLeased(claim)
                        .renewed(claim.requireLease(), clock.instant())
                        .with(steps),
                transaction));
    }

    @Override
    public synchronized void release(Claim claim) {
        claim.requireLease();
        InMemoryRecord found = entries.get(claim.key());
        if (found != null
                && !isHiddenFromCaller(found)
                && found.isUnder(claim)
                && found.state() instanceof Leased leased) {
            State after = leased.steps().isEmpty() && leased.attempt() == 1 ? DELETED : leased.released();
            write(new InMemoryRecord(found.claim(), after, transactions.current()));
        }
    }

    @Override
    public synchronized int renew(Collection<Claim> claims) {
        Instant now = clock.instant();
        int renewed = 0;
        for (Claim claim : claims) {
            Lease lease = claim.requireLease();
            InMemoryRecord found = entries.get(claim.key());
            if (found != null
                    && !isHiddenFromCaller(found)
                    && found.isUnder(claim)
                    && found.state() instanceof Leased leased
                    && leased.isRenewable(now)) {
                write(new InMemoryRecord(found.claim(), leased.renewed(lease, now), transactions.current()));
                renewed++;
            }
        }
        return renewed;
    }

    /** Tells the state of a claim that the caller may write to. */
    private State requireHeld(Claim claim) {
        InMemoryRecord found = entries.get(claim.key());
        if (found == null || isHiddenFromCaller(found) || !found.isUnsettled() || !found.isUnder(claim)) {
            throw new ClaimLostException("The claim on key " + claim.key()
                    + " is not held: another claim has the key, or it is completed. Nothing was stored.");
        }
        return found.state();
    }

    private Leased requireLeased(Claim claim) {
        claim.requireLease();
        return (Leased) requireHeld(claim);
    }

    @Override
    public synchronized int purge(int limit) {
        Instant now = clock.instant();
        List<InMemoryRecord> over = entries.values().stream()
                .filter(entry -> entry.writer() == null && entry.isOver(now))
                .limit(limit)
                .toList();
        over.forEach(entry -> write(new InMemoryRecord(entry.claim(), DELETED, transactions.current())));
        return over.size();
    }

    @Override
    public synchronized List<AbandonedKey> find(int limit) {
        Instant now = clock.instant();
        return entries.values().stream()
                .filter(entry -> isAbandoned(entry, now))
                .map(entry -> new AbandonedKey(
                        entry.claim().key().id(),
                        ((Leased) entry.state()).attempt(),
                        ((Leased) entry.state()).since(now)))
                .sorted(Comparator.comparing(AbandonedKey::since).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean executeAgain(String id) {
        return resolve(
                id,
                left -> new InMemoryRecord(left.claim(), ((Leased) left.state()).released(), transactions.current()));
    }

    @Override
    public synchronized boolean complete(String id, StoredResponse response, Duration retention) {
        Instant now = clock.instant();
        Kept kept = new Kept(response, now, now.plus(retention));
        // An owner that comes back must not take this for its own answer.
        return resolve(
                id,
                left -> new InMemoryRecord(
                        Claim.on(left.claim().key(), left.claim().fingerprint()), kept, transactions.current()));
    }

    private boolean resolve(String id, UnaryOperator<InMemoryRecord> resolution) {
        RecordKey.requireId(id);
        Instant now = clock.instant();
        List<InMemoryRecord> found = entries.values().stream()
                .filter(entry -> entry.claim().key().id().equals(id) && isAbandoned(entry, now))
                .toList();
        found.forEach(entry -> write(resolution.apply(entry)));
        return !found.isEmpty();
    }

    private boolean isAbandoned(InMemoryRecord entry, Instant now) {
        return !isHiddenFromCaller(entry)
                && !entry.isOver(now)
                && entry.state() instanceof Leased leased
                && leased.at(now) == Unsettled.ABANDONED;
    }

    private Transaction transaction() {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            throw new IllegalStateException("A claim lives in a transaction: begin one before you ask for it.");
        }
        return transaction;
    }

    private boolean isHiddenFromCaller(@Nullable InMemoryRecord found) {
        return found != null && found.writer() != null && found.writer() != transactions.current();
    }

    private void write(InMemoryRecord entry) {
        RecordKey key = entry.claim().key();
        InMemoryRecord before = entries.get(key);
        put(key, entry);
        if (entry.writer() == null) {
            put(key, entry.published());
        } else {
            entry.writer().atEnd(() -> end(key, entry, entry.published()), () -> put(key, before));
        }
    }

    /** Publishes what a transaction wrote last to a key; what it wrote earlier was replaced already. */
    private synchronized void end(RecordKey key, InMemoryRecord written, @Nullable InMemoryRecord published) {
        if (written.equals(entries.get(key))) {
            put(key, published);
        }
    }

    private synchronized void put(RecordKey key, @Nullable InMemoryRecord entry) {
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
    }
}
