package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.CommitResult.Failed;
import org.junit.jupiter.api.Test;

class InMemoryTransactionsTest {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(transactions, new MutableClock());

    @Test
    void threadHasOneTransactionAtATime() {
        OpenTransaction open = begin();

        assertThatIllegalStateException()
                .isThrownBy(this::begin)
                .withMessage("This thread has a transaction already; end it before you begin another.");
        assertThat(open.commit()).isEqualTo(new Committed());
        begin().rollback();
        begin().rollback();
    }

    @Test
    void transactionThatWasMarkedCannotBeCommitted() {
        OpenTransaction open = begin();
        assertThat(open.isRollbackOnly()).isFalse();
        store.claim(Samples.claim("key"));
        open.setRollbackOnly();

        assertThat(open.isRollbackOnly()).isTrue();
        assertThat(open.commit()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.cause()).hasMessage("The transaction was marked so that it can only be rolled back.");
        });
        assertThat(store.claim(Samples.claim("key"))).isEqualTo(new Claimed());
    }

    @Test
    void flushKeepsTheTransactionOpen() {
        OpenTransaction open = begin();
        store.claim(Samples.claim("key"));

        open.flush();
        open.rollback();

        assertThat(store.claim(Samples.claim("key"))).isEqualTo(new Claimed());
    }

    @Test
    void storesWithTransactionsOfTheirOwnDoNotShareThem() {
        InMemoryTransactions others = new InMemoryTransactions();
        OpenTransaction open = others.begin(TransactionSettings.READ_COMMITTED);
        store.claim(Samples.claim("key"));
        open.rollback();

        assertThat(store.claim(Samples.claim("key"))).isEqualTo(new InProgress());
    }

    private OpenTransaction begin() {
        return transactions.begin(TransactionSettings.READ_COMMITTED);
    }
}
