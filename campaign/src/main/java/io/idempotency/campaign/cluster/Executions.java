package io.idempotency.campaign.cluster;

import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.Left;
import io.idempotency.campaign.history.Event.Unprotected;
import io.idempotency.campaign.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The handlers that run on one node, and since when nothing protects them. Thread-safe. */
final class Executions {

    private final String node;
    private final History history;
    private final Map<String, Execution> running = new HashMap<>();
    private final List<String> faultsOnTransactions = new ArrayList<>();
    private final List<String> faultsOnLeases = new ArrayList<>();
    private final Map<Integer, String> faultsOnBackends = new HashMap<>();

    Executions(String node, History history) {
        this.node = node;
        this.history = history;
    }

    synchronized void entered(Execution execution, long request) {
        running.put(execution.name(), execution);
        history.add(execution.subject(), at -> new Entered(at, execution.name(), node, request));
        String onBackend = faultsOnBackends.get(execution.backend());
        List<String> faults = execution.isLeased() ? faultsOnLeases : faultsOnTransactions;
        if (!faults.isEmpty()) {
            tell(execution, faults.get(0));
        } else if (onBackend != null) {
            tell(execution, onBackend);
        }
    }

    synchronized void left(String name) {
        Execution execution = running.remove(name);
        if (execution != null) {
            history.add(execution.subject(), at -> new Left(at, name));
        }
    }

    /** Nothing runs any more: its process is gone. */
    synchronized void allLeft() {
        running.values().forEach(execution -> history.add(execution.subject(), at -> new Left(at, execution.name())));
        running.clear();
    }

    /** A fault is about to end one transaction's connection, also under a handler that is about to start on it. */
    synchronized void unprotectBackend(String fault, int backend) {
        faultsOnBackends.put(backend, fault);
        unprotect(fault, execution -> execution.backend() == backend);
    }

    private void unprotect(String fault, Predicate<Execution> which) {
        running.values().stream().filter(which).forEach(execution -> tell(execution, fault));
    }

    /** A fault is about to end all transactions, also those that begin before {@link #protectAgain}. */
    synchronized void unprotectTransactionsFromNowOn(String fault) {
        faultsOnTransactions.add(fault);
        unprotect(fault, execution -> !execution.isLeased());
    }

    /** A fault may keep leases from being renewed, until {@link #protectAgain} is told of it. */
    synchronized void unprotectLeasesFromNowOn(String fault) {
        faultsOnLeases.add(fault);
        unprotect(fault, Execution::isLeased);
    }

    synchronized void protectAgain(String fault) {
        faultsOnTransactions.remove(fault);
        faultsOnLeases.remove(fault);
    }

    private void tell(Execution execution, String fault) {
        history.add(execution.subject(), at -> new Unprotected(at, execution.name(), fault));
    }
}
