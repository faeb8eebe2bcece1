package io.idempotency.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.HdrHistogram.Histogram;

/** A closed loop: so many clients, each of which asks again as soon as it is answered. */
final class Load {

    static final int CLIENTS = 16;

    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private Load() {}

    /**
     * Runs a workload to its end.
     *
     * @throws IllegalStateException if one answer was not the right one: errors are not measured
     */
    static Run run(Subject subject, Workload workload, int threads, Until until) {
        Workload.Calls calls = workload.calls(subject, threads, until);
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        CompletionService<Seen> done = new ExecutorCompletionService<>(clients);
        try {
            long start = System.nanoTime();
            for (int thread = 0; thread < threads; thread++) {
                done.submit(loop(new Client(subject.port(), workload.payload()), calls, thread));
            }
            Seen all = new Seen();
            for (int thread = 0; thread < threads; thread++) {
                all.add(done.take().get());
            }
            return new Run(Duration.ofNanos(System.nanoTime() - start), all.latencies, all.answers);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    subject.variant().label() + " on " + workload.payload().path() + " failed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            clients.shutdownNow();
        }
    }

    private static Callable<Seen> loop(Client client, Workload.Calls calls, int thread) {
        return () -> {
            Seen seen = new Seen();
            for (Call call = calls.next(thread); call != null; call = calls.next(thread)) {
                long start = System.nanoTime();
                Answer answer = client.send(call);
                seen.add(answer, System.nanoTime() - start);
                calls.answered(thread, call, answer);
            }
            return seen;
        };
    }

    /** What one client saw. */
    private static final class Seen {

        final Histogram latencies = new Histogram(LONGEST, 3);
        final Map<Answer, Long> answers = new EnumMap<>(Answer.class);

        void add(Answer answer, long nanoseconds) {
            latencies.recordValue(Math.min(nanoseconds, LONGEST));
            answers.merge(answer, 1L, Long::sum);
        }

        void add(Seen other) {
            latencies.add(other.latencies);
            other.answers.forEach((answer, count) -> answers.merge(answer, count, Long::sum));
        }
    }
}
