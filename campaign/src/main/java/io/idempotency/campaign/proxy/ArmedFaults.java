package io.idempotency.campaign.proxy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The faults that wait for a COMMIT, each for one of its own. Thread-safe. */
final class ArmedFaults {

    private final Queue<CommitFault> waiting = new ConcurrentLinkedQueue<>();

    void arm(CommitFault fault) {
        waiting.add(fault);
    }

    /** The fault that has waited longest for a COMMIT of this connection. */
    @Nullable
    CommitFault take(Connection connection) {
        for (CommitFault fault : List.copyOf(waiting)) {
            if (fault.isFor(connection) && waiting.remove(fault) && fault.hits(connection)) {
                return fault;
            }
        }
        return null;
    }

    /** No COMMIT of this connection will come any more. */
    void forget(Connection connection) {
        for (CommitFault fault : List.copyOf(waiting)) {
            if (fault.isOnlyFor(connection) && waiting.remove(fault)) {
                fault.end();
            }
        }
    }

    /** No COMMIT will come any more. */
    void forgetAll() {
        for (CommitFault fault = waiting.poll(); fault != null; fault = waiting.poll()) {
            fault.end();
        }
    }
}
