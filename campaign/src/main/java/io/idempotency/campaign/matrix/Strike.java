package io.idempotency.campaign.matrix;

import io.idempotency.campaign.client.Sending;
import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.Seat;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Breaks something while requests are held, lets them go on, and mends it. */
final class Strike {

    private final Cluster cluster;
    private final Seat victim;
    private final Seat other;
    private final List<Sending> held;
    private final Runnable release;
    private final Consumer<Seat> ask;

    /**
     * A strike to come.
     *
     * @param release lets everything go on that is held
     * @param ask asks a node for everything that is held, and waits for its answers
     */
    Strike(Cluster cluster, Seat victim, Seat other, List<Sending> held, Runnable release, Consumer<Seat> ask) {
        this.cluster = cluster;
        this.victim = victim;
        this.other = other;
        this.held = held;
        this.release = release;
        this.ask = ask;
    }

    void with(Fault fault) throws IOException {
        String name = fault.name();
        switch (fault) {
            case NONE -> {
                outlastLeases();
                release.run();
            }
            case NODE_KILLED -> {
                victim.kill();
                release.run();
                victim.awaitServing();
            }
            case NODE_STOPPED -> stop(name);
            case BACKENDS_TERMINATED -> {
                victim.losesAll(name);
                victim.proxy().backends().forEach(cluster::terminate);
                release.run();
                victim.recovers(name);
            }
            case DATABASE_CRASHED -> {
                cluster.crashDatabase();
                release.run();
            }
            case CONNECTIONS_CUT -> {
                victim.losesAll(name);
                victim.proxy().cutAll();
                release.run();
                victim.recovers(name);
            }
            case CONNECTIONS_SILENT -> silence(name);
            case CLIENTS_GONE -> {
                held.forEach(Sending::hangUp);
                release.run();
            }
            case NODE_UPGRADED -> upgrade();
        }
    }

    private void outlastLeases() {
        Bounds.pause(Bounds.LONGER_THAN_LEASES);
        ask.accept(other);
    }

    private void stop(String name) {
        victim.mayMissRenewals(name);
        victim.node().stop();
        outlastLeases();
        victim.node().resume();
        release.run();
        victim.recovers(name);
    }

    private void silence(String name) {
        victim.losesAll(name);
        victim.proxy().blackHoleAll();
        release.run();
        outlastLeases();
        victim.proxy().heal();
        victim.recovers(name);
    }

    /** Between the two, answers are stored that the older release cannot read. */
    private void upgrade() throws IOException {
        cluster.upgrade(victim);
        release.run();
        victim.awaitServing();
        ask.accept(victim);
        ask.accept(other);
        cluster.upgrade(other);
        other.awaitServing();
    }
}
