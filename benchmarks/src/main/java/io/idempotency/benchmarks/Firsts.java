package io.idempotency.benchmarks;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Each of these keys, for the first time. */
record Firsts(Payload payload, List<String> keys) implements Workload {

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        Iterator<String> left = new ConcurrentLinkedQueue<>(keys).iterator();
        return thread -> {
            synchronized (left) {
                return left.hasNext() ? new Call(left.next(), Set.of(Answer.EXECUTED)) : null;
            }
        };
    }
}
