package io.idempotency.campaign.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one COMMIT. Thread-safe.
 *
 * <p>It waits for a COMMIT, hits one connection, and is over.
 */
public final class CommitFault {

    /** What becomes of the COMMIT, its answer and its connection. */
    public enum Kind {
        /** The COMMIT is not forwarded; both sides are reset. */
        CUT_BEFORE,
        /** The COMMIT is forwarded; when the server has answered, its answer is dropped and both sides are reset. */
        ANSWER_LOST,
        /** The COMMIT is forwarded; the server's answer is withheld until {@link #release()} or {@link #cut()}. */
        HOLD_ANSWER,
        /** The COMMIT is not forwarded; from then on nothing passes. */
        BLACK_HOLE_BEFORE,
        /** The COMMIT is forwarded; from the server's answer on, that included, nothing passes. */
        BLACK_HOLE_AFTER;

        boolean isBefore() {
            return this == CUT_BEFORE || this == BLACK_HOLE_BEFORE;
        }
    }

    private final Kind kind;
    private final @Nullable Connection only;
    private final Signal decided = new Signal();
    private final Signal released = new Signal();
    private volatile boolean reached;
    private @Nullable Connection hit;
    private boolean withdrawn;

    /**
     * A fault that is yet to be armed.
     *
     * @param kind what it does
     * @param only the connection whose COMMIT it is for; null for the first that comes
     */
    CommitFault(Kind kind, @Nullable Connection only) {
        this.kind = kind;
        this.only = only;
    }

    /** What it does. */
    Kind kind() {
        return kind;
    }

    /**
     * Waits until the COMMIT has come to the proxy (the kinds that do not forward it) or the server has answered it (the others).
     *
     * @param time no longer than this
     * @return whether that has happened; false at once when it can't any more
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitReached(Duration time) throws InterruptedException {
        return decided.await(time) && reached;
    }

    /**
     * Lets an answer pass that is withheld; a fault that has not met its COMMIT yet is taken back. What other kinds did to a
     * connection stays done.
     */
    public void release() {
        if (connectionOrWithdrawal() == null) {
            decided.give();
        }
        released.give();
    }

    /** Resets both sides of the connection that was hit; a fault that has not met its COMMIT yet is taken back. */
    public void cut() {
        Connection connection = connectionOrWithdrawal();
        if (connection != null) {
            connection.reset();
        }
        end();
    }

    private synchronized @Nullable Connection connectionOrWithdrawal() {
        withdrawn = hit == null;
        return hit;
    }

    boolean isFor(Connection connection) {
        return only == null || only == connection;
    }

    boolean isOnlyFor(Connection connection) {
        return only == connection;
    }

    /** Meets its COMMIT; false if it was taken back before. */
    synchronized boolean hits(Connection connection) {
        if (withdrawn) {
            return false;
        }
        hit = connection;
        return true;
    }

    void reach() {
        reached = true;
        decided.give();
    }

    void awaitRelease() {
        released.await();
    }

    /** Nothing will happen any more that has not happened yet. */
    void end() {
        decided.give();
        released.give();
    }
}
