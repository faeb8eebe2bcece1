package io.idempotency.jdbc;

import io.idempotency.core.IdempotencyStoreException;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.TransactionAbortedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Says in the store's words what went wrong in the database. */
final class StoreErrors {

    private StoreErrors() {}

    static <T extends @Nullable Object> T translated(Supplier<T> statements) {
        try {
            return statements.get();
        } catch (DataAccessException | TransactionException e) {
            throw translate(e);
        }
    }

    private static IdempotencyStoreException translate(RuntimeException e) {
        if (SqlStates.isConflict(e)) {
            return new SerializationConflictException("A concurrent transaction went first.", e);
        }
        if (SqlStates.isFailedTransaction(e)) {
            return new TransactionAbortedException("An earlier statement of this transaction failed.", e);
        }
        return new StoreUnavailableException("The table of idempotency records could not be read or written.", e);
    }
}
