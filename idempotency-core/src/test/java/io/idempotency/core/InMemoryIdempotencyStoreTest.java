package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.contract.IdempotencyStoreContract;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InMemoryIdempotencyStoreTest extends IdempotencyStoreContract {

    private static final Duration RETENTION = Duration.ofMinutes(10);

    private final MutableClock clock = new MutableClock();
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(transactions, clock);
    private final Claim first = Samples.claim("key");

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Override
    protected AbandonedKeys abandonedKeys() {
        return store;
    }

    @Override
    protected TransactionBoundary transactions() {
        return transactions;
    }

    @Override
    protected void advanceTime(Duration duration) {
        clock.advance(duration);
    }

    @Test
    void retentionIsOverAtTheVeryInstant() {
        completeFirst();

        clock.advance(RETENTION.minusNanos(1));
        assertThat(inTransaction(() -> store.claim(Samples.claim("key")))).isInstanceOf(Completed.class);
        assertThat(store.purge(1)).isZero();
        clock.advance(Duration.ofNanos(1));
        assertThat(store.purge(1)).isEqualTo(1);
        assertThat(store.purge(1)).isZero();
        assertThat(inTransaction(() -> store.claim(Samples.claim("key")))).isEqualTo(new Claimed());
    }

    @Test
    void ageAndWhatRemainsAreExact() {
        completeFirst();
        clock.advance(Duration.ofSeconds(7));

        assertThat(inTransaction(() -> store.claim(Samples.claim("key"))))
                .isEqualTo(completed(Duration.ofSeconds(7), RETENTION.minusSeconds(7)));
    }

    @Test
    void ageIsZeroWhenTheClockWasSetBack() {
        completeFirst();
        clock.advance(Duration.ofSeconds(-7));

        assertThat(inTransaction(() -> store.claim(Samples.claim("key"))))
                .isEqualTo(completed(Duration.ZERO, RETENTION.plusSeconds(7)));
    }

    @Test
    void claimLostNamesTheKeyByItsDigestOnly() {
        transactions.begin(TransactionSettings.READ_COMMITTED);

        assertThat(catchThrowable(() -> store.complete(first, Samples.response(201), RETENTION)))
                .isInstanceOf(ClaimLostException.class)
                .hasMessage(
                        "The claim on key %s is not held: another claim has the key, or it is completed."
                                + " Nothing was stored.",
                        first.key());
    }

    private static Completed completed(Duration age, Duration remaining) {
        return new Completed(Samples.fingerprint(1, 7), Samples.response(201), age, remaining);
    }

    private void completeFirst() {
        inTransaction(() -> {
            assertThat(store.claim(first)).isEqualTo(new Claimed());
            store.complete(first, Samples.response(201), RETENTION);
            return true;
        });
    }

    private <T> T inTransaction(Supplier<T> calls) {
        OpenTransaction transaction = transactions.begin(TransactionSettings.READ_COMMITTED);
        T answer = calls.get();
        transaction.commit();
        return answer;
    }
}
