package io.idempotency.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that start at the same moment; closing it ends them. */
final class Race implements AutoCloseable {

    static final int THREADS = 16;
    static final int ROUNDS = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Every runner on a thread of its own, none before all are there. */
    <T> List<T> run(Callable<T> runner) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<T>> runners = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            runners.add(threads.submit(() -> startedAt(start, runner)));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> answer : runners) {
            try {
                answers.add(answer.get());
            } catch (ExecutionException e) {
                throw new AssertionError("A runner failed.", e.getCause());
            }
        }
        return answers;
    }

    private static <T> T startedAt(CyclicBarrier start, Callable<T> runner) throws Exception {
        try {
            start.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("Another runner did not come to the start.", e);
        }
        return runner.call();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
