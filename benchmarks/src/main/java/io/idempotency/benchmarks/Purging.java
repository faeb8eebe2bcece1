package io.idempotency.benchmarks;

import org.springframework.context.SmartLifecycle;

/** A workload during which the library purges at its own pace. */
record Purging(Workload workload) implements Workload {

    static SmartLifecycle purger(Subject subject) {
        return subject.context().getBean("idempotencyPurger", SmartLifecycle.class);
    }

    @Override
    public Payload payload() {
        return workload.payload();
    }

    @Override
    public void prepare(Subject subject) {
        purger(subject).start();
    }

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        return workload.calls(subject, threads, until);
    }

    @Override
    public void finish(Subject subject) {
        purger(subject).stop();
    }
}
