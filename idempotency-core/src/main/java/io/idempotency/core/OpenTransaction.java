package io.idempotency.core;

/** A transaction that waits for its end; used by the thread that began it only. */
public interface OpenTransaction {

    /**
     * Whether somebody inside marked the transaction so that it can only be rolled back.
     *
     * @return true if a commit is bound to fail
     */
    boolean isRollbackOnly();

    /** Marks the transaction so that it can only be rolled back. */
    void setRollbackOnly();

    /**
     * Sends what an object-relational mapper still holds back to the database, so that a violated constraint is raised here.
     *
     * @throws RuntimeException whatever the mapper raises, translated as at its own commit
     */
    void flush();

    /**
     * Commits.
     *
     * @return committed, or why not; never throws
     */
    CommitResult commit();

    /** Rolls back; never throws: where a rollback cannot be sent, the connection is gone and the database rolls back itself. */
    void rollback();
}
