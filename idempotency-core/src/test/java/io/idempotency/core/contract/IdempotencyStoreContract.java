package io.idempotency.core.contract;

import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an {@link IdempotencyStore} promises, as tests: a store author extends this class and says where the store is.
 *
 * <p>Everything is asked inside transactions of each isolation level. Every test starts on an empty store, and nobody else may purge
 * it meanwhile. Up to {@value Race#THREADS} threads use the store at once, and one more holds a transaction open: a connection pool
 * must have that many.
 */
public abstract class IdempotencyStoreContract {

    /**
     * The store to be proved.
     *
     * @return one that holds no records of earlier tests
     */
    protected abstract IdempotencyStore store();

    /**
     * What people can do about keys that attempts left in that store.
     *
     * @return the keys of the same records
     */
    protected abstract AbandonedKeys abandonedKeys();

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

    /**
     * How many steps the store is compared with a model of it.
     *
     * @return a number that takes seconds
     */
    protected int modelSteps() {
        return 100_000;
    }

    @Nested
    class AgainstAModel implements StoreRules {

        @Override
        public StoreProbe probe() {
            return StoreProbe.at(Isolation.READ_COMMITTED, IdempotencyStoreContract.this);
        }

        @Test
        @Timeout(120)
        void storeAgreesWithTheModelWhateverItsOwnersDo() {
            long seed = new Random().nextLong();
            purgeEverything();
            try {
                new ModelWalk(probe(), seed).walk(modelSteps());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("The walk with seed " + seed + " failed.", e);
            }
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
                    RollbackRaceRules,
                    LeaseRules,
                    AbandonedKeyRules,
                    LateOwnerRules {}
}
