package io.idempotency.benchmarks;

import org.jspecify.annotations.Nullable;

/** What is asked of a subject. */
interface Workload {

    /** The body of every request. */
    Payload payload();

    /** Brings the subject into the state that the run needs; not measured. */
    default void prepare(Subject subject) {}

    /** The requests of one run. */
    Calls calls(Subject subject, int threads, Until until);

    /** Takes back what {@link #prepare} began; not measured. */
    default void finish(Subject subject) {}

    /** The requests of one run, thread by thread. */
    interface Calls {

        /** The next request of a thread, or null when the run is over. */
        @Nullable
        Call next(int thread);

        /** Hears of the answer. */
        default void answered(int thread, Call call, Answer answer) {}
    }
}
