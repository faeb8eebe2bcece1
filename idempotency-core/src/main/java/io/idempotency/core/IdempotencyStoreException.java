package io.idempotency.core;

import org.jspecify.annotations.Nullable;

/** The reason why a store could not do what it was asked: each subtype stands for one consequence. */
public abstract sealed class IdempotencyStoreException extends RuntimeException
        permits StoreUnavailableException,
                SerializationConflictException,
                TransactionAbortedException,
                ClaimLostException,
                UnreadableRecordException {

    private static final long serialVersionUID = 1L;

    IdempotencyStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
