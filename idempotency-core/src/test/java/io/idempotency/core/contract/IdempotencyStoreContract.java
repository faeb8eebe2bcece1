package io.idempotency.core.contract;

import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * What an {@link IdempotencyStore} promises, as tests: a store author extends this class and says where the store is.
 *
 * <p>Everything is asked inside transactions of each isolation level. Every test starts on an empty store, and nobody else may purge it meanwhile. Up to {@value Race#THREADS} threads use the store at
 * once, and one more holds a transaction open: a connection pool must have that many.
 */
public abstract class IdempotencyStoreContract {

    /**
     * The store to be proved.
     *
     * @return one that holds no records of earlier tests
     */
    protected abstract IdempotencyStore store();

    /**
     * Begins the transactions that the store's calls join.
     *
     * @return what works for any number of threads
     */
    protected abstract TransactionBoundary transactions();

    /**
     * Lets time pass for the store without waiting for it: by moving its clock, or by making its records that much older. Called
     * only while no transaction is open.
     *
     * @param duration how far; positive
     */
    protected abstract void advanceTime(Duration duration);

    @Nested
    class AtReadCommitted implements AllRules {
        @Override
        public StoreProbe probe() {
            return StoreProbe.at(Isolation.READ_COMMITTED, IdempotencyStoreContract.this);
        }
    }

    @Nested
    class AtRepeatableRead implements AllRules {
        @Override
        public StoreProbe probe() {
            return StoreProbe.at(Isolation.REPEATABLE_READ, IdempotencyStoreContract.this);
        }
    }

    @Nested
    class AtSerializable implements AllRules {
        @Override
        public StoreProbe probe() {
            return StoreProbe.at(Isolation.SERIALIZABLE, IdempotencyStoreContract.this);
        }
    }

    interface AllRules
            extends StateRules,
                    FateRules,
                    RetentionRules,
                    PurgeRules,
                    NoWaitingRules,
                    RaceRules,
                    TransactionRules,
                    RollbackRaceRules {}
}
