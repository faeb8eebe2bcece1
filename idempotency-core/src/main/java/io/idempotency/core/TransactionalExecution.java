package io.idempotency.core;

import java.util.Optional;
import java.util.function.Supplier;

/** An attempt that is one transaction: whatever it does commits with the response. */
record TransactionalExecution(RecordKey key, OpenTransaction open) implements Execution {

    @Override
    public Attempt attempt() {
        return Attempt.FIRST;
    }

    @Override
    public Optional<OpenTransaction> transaction() {
        return Optional.of(open);
    }

    @Override
    public byte[] step(String name, Supplier<byte[]> work) {
        return work.get();
    }

    @Override
    public <T> T completeInTransaction(Supplier<T> work) {
        return work.get();
    }
}
