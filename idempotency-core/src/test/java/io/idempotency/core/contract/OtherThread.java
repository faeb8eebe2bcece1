package io.idempotency.core.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Work that the test waits for and can give up waiting for: a driver that waits for a lock hears no interruption, but it returns
 * when the test, given up, ends the transaction that holds the lock.
 */
final class OtherThread {

    private OtherThread() {}

    static <T> T answer(Callable<T> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return answer(thread, work);
        } finally {
            thread.shutdown();
        }
    }

    static <T> T answer(ExecutorService thread, Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new AssertionError("The other thread failed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The store was still waiting when the time was over.", e);
        }
    }
}
