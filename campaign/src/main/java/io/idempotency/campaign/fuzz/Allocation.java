package io.idempotency.campaign.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Counts what the library allocates for an input, in bytes: linear in it, or nothing keeps a small request from taking all memory. */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What parsers may need for buffers of their own, whatever they are given. */
    private static final long AT_ONCE = 128 << 10;

    private Allocation() {}

    /** Does the work, and once more if it took too much: the first time loads classes. */
    static <T> T bounded(int bytesForAByte, int inputLength, Callable<T> work) throws Exception {
        long most = AT_ONCE + (long) bytesForAByte * inputLength;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = work.call();
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= most) {
            return result;
        }
        long again = THREADS.getCurrentThreadAllocatedBytes();
        T second = work.call();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - again;
        if (allocated > most) {
            throw new ViolationException(
                    "An input of " + inputLength + " bytes made the library allocate " + allocated + " bytes.");
        }
        return second;
    }
}
