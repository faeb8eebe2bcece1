package io.idempotency.campaign.cluster;

import io.idempotency.campaign.proxy.FaultProxy;
import java.io.IOException;
import java.time.Duration;

/** A node's place in the cluster: its proxy to the database, and the process that sits there now. */
public final class Seat {

    /** Starts the process that is to sit here next. */
    interface Starter {
        Node start(Seat seat) throws IOException;
    }

    private static final int STARTS = 20;
    private static final Duration AFTERMATH = Duration.ofMillis(500);

    private final int number;
    private final FaultProxy proxy;
    private final Starter starter;
    private volatile Build build;
    private volatile Node node;

    Seat(int number, FaultProxy proxy, Build build, Starter starter) throws IOException {
        this.number = number;
        this.proxy = proxy;
        this.build = build;
        this.starter = starter;
        this.node = starter.start(this);
    }

    int number() {
        return number;
    }

    Build build() {
        return build;
    }

    /** What stands between the node and its database. */
    public FaultProxy proxy() {
        return proxy;
    }

    /** The process that sits here now. */
    public Node node() {
        return node;
    }

    /** Waits until a process serves here; one that could not start, because its database was away, is started again. */
    public void awaitServing() throws IOException {
        for (int i = 0; i < STARTS && !node.comesToServe(); i++) {
            node = starter.start(this);
        }
        if (node.port() == 0) {
            throw new IllegalStateException(
                    "Node " + node.name() + " does not start, however often it is tried; see " + node.log() + ".");
        }
    }

    /** Ends the process with SIGKILL, and starts another one, which does not serve yet. */
    public void kill() throws IOException {
        node.kill();
        node = starter.start(this);
    }

    /** Tells the process to end, and does not wait: the container lets it finish what it is at. */
    public void shutDown() {
        node.shutDown();
    }

    /** Ends the process with SIGTERM, and starts another one of another build, which does not serve yet. */
    void replace(Build by) throws IOException {
        node.terminate();
        build = by;
        node = starter.start(this);
    }

    /** One of the node's connections is about to be lost: what its transaction protects is not protected any more. */
    public void loses(int backend, String fault) {
        node.executions().unprotectBackend(fault, backend);
    }

    /** All of the node's connections are about to be lost, until {@link #recovers}; leases outlive them. */
    public void losesConnections(String fault) {
        node.executions().unprotectTransactionsFromNowOn(fault);
    }

    /** Waits until leases that cannot be renewed are over; for half of their time they protect all the same. */
    public void outlastsLeases(String fault) {
        Bounds.pause(Bounds.LEASES_HOLD);
        mayMissRenewals(fault);
        Bounds.pause(Bounds.LONGER_THAN_LEASES.minus(Bounds.LEASES_HOLD));
    }

    /** From now on leases may not be renewed, until {@link #recovers}. */
    public void mayMissRenewals(String fault) {
        node.executions().unprotectLeasesFromNowOn(fault);
    }

    /** What the others were told of is over, and whatever it has started has come to its end. */
    public void recovers(String fault) {
        Bounds.pause(AFTERMATH);
        node.executions().protectAgain(fault);
    }
}
