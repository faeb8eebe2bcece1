package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.CommitResult.Failed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryTransactionsTest {

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final Claim first = Samples.claim("key");
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
        completeFirst();
        open.setRollbackOnly();

        assertThat(open.isRollbackOnly()).isTrue();
        assertThat(open.commit()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.cause()).hasMessage("The transaction was marked so that it can only be rolled back.");
        });
        assertThatTheKeyIsNew();
    }

    @Test
    void flushKeepsTheTransactionOpen() {
        OpenTransaction open = begin();
        completeFirst();

        open.flush();
        open.rollback();

        assertThatTheKeyIsNew();
    }

    @Test
    void storesWithTransactionsOfTheirOwnDoNotShareThem() {
        new InMemoryTransactions().begin(TransactionSettings.READ_COMMITTED);

        assertThatIllegalStateException()
                .isThrownBy(() -> store.claim(first))
                .withMessage("A claim lives in a transaction: begin one before you ask for it.");
    }

    private void completeFirst() {
        store.claim(first);
        store.complete(first, Samples.response(201), Duration.ofHours(1));
    }

    private void assertThatTheKeyIsNew() {
        OpenTransaction next = begin();
        assertThat(store.claim(Samples.claim("key"))).isEqualTo(new Claimed());
        next.rollback();
    }

    private OpenTransaction begin() {
        return transactions.begin(TransactionSettings.READ_COMMITTED);
    }
}
