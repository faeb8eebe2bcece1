package io.idempotency.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The leases that this process holds, renewed together: somebody calls {@link #renew} again and again.
 *
 * <p>Thread-safe. Its size is the number of leased executions that run at the moment.
 */
public final class HeldLeases {

    /** A lease is renewed when this part of it has passed, so that two renewals may fail before it ends. */
    private static final int PARTS = 3;

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<ClaimToken, Held> held = new ConcurrentHashMap<>();

    /**
     * Holds nothing yet.
     *
     * @param store where leases are renewed
     * @param transactions begins a transaction for each renewal
     * @param nanoTime a monotonic clock in nanoseconds, as {@link System#nanoTime}; the end of a lease is the store's to decide
     */
    public HeldLeases(IdempotencyStore store, TransactionBoundary transactions, LongSupplier nanoTime) {
        this.store = store;
        this.transactions = transactions;
        this.nanoTime = nanoTime;
    }

    /** The time, to be noted before a lease begins to run. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Keeps a lease from ending.
     *
     * @param begun no later than the lease began
     * @return false if it may have ended already, as behind a commit that took long, and could not be renewed
     */
    boolean add(Claim claim, long begun) {
        Lease lease = claim.requireLease();
        long since = begun;
        if (isOver(lease, since)) {
            since = now();
            if (!isRenewed(claim) || isOver(lease, since)) {
                return false;
            }
        }
        held.put(claim.token(), new Held(claim, lease, since));
        return true;
    }

    private boolean isOver(Lease lease, long since) {
        return Duration.ofNanos(now() - since).compareTo(lease.duration()) >= 0;
    }

    private boolean isRenewed(Claim claim) {
        try {
            return transactions.inShortTransaction(() -> store.renew(List.of(claim))) == 1;
        } catch (IdempotencyStoreException e) {
            return false;
        }
    }

    void remove(Claim claim) {
        held.remove(claim.token());
    }

    /**
     * Renews, in one call of the store, the leases of which a third has passed; does nothing if there are none.
     *
     * @return how many were renewed
     * @throws IdempotencyStoreException if the store cannot be reached; the next call tries again
     */
    public int renew() {
        long now = now();
        List<Held> due =
                held.values().stream().filter(lease -> lease.isDue(now)).toList();
        if (due.isEmpty()) {
            return 0;
        }
        List<Claim> claims = due.stream().map(lease -> lease.claim).toList();
        int renewed = transactions.inShortTransaction(() -> store.renew(claims));
        if (renewed == due.size()) {
            due.forEach(lease -> lease.renewed = now);
        }
        // Else some were being written at the moment, or are lost: the next call asks for all of them again.
        return renewed;
    }

    private static final class Held {

        final Claim claim;
        private final Lease lease;
        volatile long renewed;

        Held(Claim claim, Lease lease, long now) {
            this.claim = claim;
            this.lease = lease;
            this.renewed = now;
        }

        boolean isDue(long now) {
            Duration passed = Duration.ofNanos(now - renewed);
            return passed.multipliedBy(PARTS).compareTo(lease.duration()) >= 0;
        }
    }
}
