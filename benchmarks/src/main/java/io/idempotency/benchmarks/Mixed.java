package io.idempotency.benchmarks;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Nine requests of ten are new, and one repeats one of the last that the same client sent. */
record Mixed(Payload payload) implements Workload {

    private static final int REMEMBERED = 64;
    private static final int ONE_IN = 10;

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        String[][] sent = new String[threads][REMEMBERED];
        int[] count = new int[threads];
        Set<Answer> toRetry = Set.of(subject.variant().keyed() ? Answer.REPLAYED : Answer.EXECUTED);
        return new Calls() {
            @Override
            public @Nullable Call next(int thread) {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                if (!until.more()) {
                    return null;
                }
                return count[thread] == 0 || random.nextInt(ONE_IN) > 0
                        ? Fresh.call()
                        : new Call(sent[thread][random.nextInt(Math.min(count[thread], REMEMBERED))], toRetry);
            }

            @Override
            public void answered(int thread, Call call, Answer answer) {
                if (answer == Answer.EXECUTED) {
                    sent[thread][count[thread]++ % REMEMBERED] = call.key();
                }
            }
        };
    }
}
