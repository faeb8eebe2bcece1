package io.idempotency.core;

import io.idempotency.core.InMemoryTransactions.Transaction;
import io.idempotency.core.KeyRecord.Completion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of one process, for unit tests and demonstrations.
 *
 * <p>It keeps the contract within this process, and loses everything when the process ends. It cannot undo what a failed handler
 * did: its transactions reach no further than its own records.
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

    private static final End DELETED = new Deleted();

    private final Map<RecordKey, Entry> entries = new HashMap<>();
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
        Entry found = entries.get(claim.key());
        if (found != null && (isHiddenFromCaller(found) || found.end() == null)) {
            return new ClaimResult.InProgress();
        }
        Instant now = clock.instant();
        if (found == null || found.isOver(now)) {
            write(new Entry(claim, null, transaction));
            return new ClaimResult.Claimed();
        }
        return found.toRecord(now).classify(claim);
    }

    @Override
    public synchronized void complete(Claim claim, StoredResponse response, Duration retention) {
        Transaction transaction = transaction();
        Entry found = entries.get(claim.key());
        if (found == null || isHiddenFromCaller(found) || found.end() != null || !found.isUnder(claim)) {
            throw new ClaimLostException("The claim on key " + claim.key()
                    + " is not held: another transaction has the key, or it is completed. Nothing was stored.");
        }
        Kept kept = new Kept(response, clock.instant(), clock.instant().plus(retention));
        write(new Entry(claim, kept, transaction));
    }

    @Override
    public synchronized ClaimFate fateOf(Claim claim) {
        Entry found = entries.get(claim.key());
        if (isHiddenFromCaller(found)) {
            return ClaimFate.UNDECIDED;
        }
        boolean committed = found != null && found.isUnder(claim) && found.end() instanceof Kept;
        return committed ? ClaimFate.COMMITTED : ClaimFate.GONE;
    }

    @Override
    public synchronized int purge(int limit) {
        Instant now = clock.instant();
        List<Entry> over = entries.values().stream()
                .filter(entry -> entry.writer() == null && entry.isOver(now))
                .limit(limit)
                .toList();
        over.forEach(entry -> write(new Entry(entry.claim(), DELETED, transactions.current())));
        return over.size();
    }

    private Transaction transaction() {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            throw new IllegalStateException("A claim lives in a transaction: begin one before you ask for it.");
        }
        return transaction;
    }

    private boolean isHiddenFromCaller(@Nullable Entry found) {
        return found != null && found.writer() != null && found.writer() != transactions.current();
    }

    private void write(Entry entry) {
        RecordKey key = entry.claim().key();
        Entry before = entries.get(key);
        put(key, entry);
        if (entry.writer() == null) {
            put(key, entry.published());
        } else {
            entry.writer().atEnd(() -> end(key, entry, entry.published()), () -> put(key, before));
        }
    }

    /** Publishes what a transaction wrote last to a key; what it wrote earlier was replaced already. */
    private synchronized void end(RecordKey key, Entry written, @Nullable Entry published) {
        if (written.equals(entries.get(key))) {
            put(key, published);
        }
    }

    private synchronized void put(RecordKey key, @Nullable Entry entry) {
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
    }

    /** How a claim ended. */
    private sealed interface End {}

    private record Kept(StoredResponse response, Instant since, Instant until) implements End {}

    private record Deleted() implements End {}

    /**
     * What is known of a key.
     *
     * @param end how the claim ended, or null while it is open
     * @param writer the transaction that has not ended yet, or null if this is visible to all
     */
    private record Entry(
            Claim claim, @Nullable End end, @Nullable Transaction writer) {

        boolean isUnder(Claim other) {
            return claim.token().equals(other.token());
        }

        boolean isOver(Instant now) {
            return end instanceof Deleted || (end instanceof Kept kept && !now.isBefore(kept.until()));
        }

        KeyRecord toRecord(Instant now) {
            Completion completion = end instanceof Kept kept
                    ? new Completion(
                            kept::response, Duration.between(kept.since(), now), Duration.between(now, kept.until()))
                    : null;
            return new KeyRecord(claim.fingerprint(), completion);
        }

        /** An open claim ends with its transaction, and leaves nothing. */
        @Nullable
        Entry published() {
            return end instanceof Kept ? new Entry(claim, end, null) : null;
        }
    }
}
