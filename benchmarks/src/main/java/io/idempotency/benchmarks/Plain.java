package io.idempotency.benchmarks;

import java.util.Set;

/** Requests that no one guards. */
record Plain(Payload payload) implements Workload {

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        Call call = new Call(Keys.fresh(), Set.of(Answer.PLAIN));
        return thread -> until.more() ? call : null;
    }
}
