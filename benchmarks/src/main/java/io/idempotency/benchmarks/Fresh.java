package io.idempotency.benchmarks;

import java.util.Set;

/** Every request has a key of its own. */
record Fresh(Payload payload) implements Workload {

    private static final Set<Answer> EXECUTED = Set.of(Answer.EXECUTED);

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        return thread -> until.more() ? call() : null;
    }

    static Call call() {
        return new Call(Keys.fresh(), EXECUTED);
    }
}
