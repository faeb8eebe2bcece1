package io.idempotency.benchmarks;

import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All clients send the same new request at the same moment, and again with the next key when all were answered. */
record Storm(Payload payload) implements Workload {

    private static final Set<Answer> UNGUARDED = Set.of(Answer.EXECUTED);
    private static final Set<Answer> GUARDED = Set.of(Answer.EXECUTED, Answer.REPLAYED, Answer.IN_PROGRESS);

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        boolean keyed = subject.variant().keyed();
        return new Waves(threads, until, keyed ? 1 : threads, keyed ? GUARDED : UNGUARDED);
    }

    /** One key after another. */
    private static final class Waves implements Calls {

        private final CyclicBarrier start;
        private final int threads;
        private final Until until;
        private final int right;
        private final Set<Answer> answers;
        private final AtomicInteger executed;
        private volatile @Nullable Call call;

        Waves(int threads, Until until, int right, Set<Answer> answers) {
            this.threads = threads;
            this.until = until;
            this.right = right;
            this.answers = answers;
            this.executed = new AtomicInteger(right);
            this.start = new CyclicBarrier(threads, this::nextWave);
        }

        private void nextWave() {
            int executions = executed.getAndSet(0);
            if (executions != right) {
                throw new IllegalStateException("A storm was executed " + executions + " times.");
            }
            boolean more = true;
            for (int i = 0; i < threads; i++) {
                more &= until.more();
            }
            call = more ? new Call(Keys.fresh(), answers) : null;
        }

        @Override
        public @Nullable Call next(int thread) {
            try {
                start.await(1, TimeUnit.MINUTES);
                return call;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("Another client did not come back.", e);
            }
        }

        @Override
        public void answered(int thread, Call answered, Answer answer) {
            if (answer == Answer.EXECUTED) {
                executed.incrementAndGet();
            }
        }
    }
}
