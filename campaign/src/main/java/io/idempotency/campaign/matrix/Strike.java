package io.idempotency.campaign.matrix;

import io.idempotency.campaign.client.Sending;
import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.Seat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Breaks something while requests are held, lets them go on, and mends it. */
final class Strike {

    private static final Duration SHUTDOWN_HAS_BEGUN = Duration.ofSeconds(1);

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
                Bounds.pause(Bounds.LONGER_THAN_LEASES);
                ask.accept(other);
                release.run();
            }
            case NODE_KILLED -> {
                victim.kill();
                release.run();
                victim.awaitServing();
            }
            case NODE_STOPPED -> stop(name);
            case BACKENDS_TERMINATED -> {
                victim.losesConnections(name);
                victim.proxy().backends().forEach(cluster::terminate);
                release.run();
                victim.recovers(name);
            }
            case DATABASE_CRASHED -> {
                cluster.crashDatabase();
                release.run();
            }
            case CONNECTIONS_CUT -> {
                victim.losesConnections(name);
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

    private void outlastLeases(String fault) {
        victim.outlastsLeases(fault);
        ask.accept(other);
    }

    private void stop(String name) {
        victim.node().stop();
        outlastLeases(name);
        victim.node().resume();
        release.run();
        victim.recovers(name);
    }

    private void silence(String name) {
        victim.losesConnections(name);
        victim.proxy().blackHoleAll();
        release.run();
        outlastLeases(name);
        victim.proxy().heal();
        victim.recovers(name);
    }

    /**
     * What is held goes on while its node waits for it, and comes to its end there. Between the two, answers are stored that the older
     * release cannot read.
     */
    private void upgrade() throws IOException {
        victim.shutDown();
        Bounds.pause(SHUTDOWN_HAS_BEGUN);
        release.run();
        cluster.upgrade(victim);
        victim.awaitServing();
        ask.accept(victim);
        ask.accept(other);
        cluster.upgrade(other);
        other.awaitServing();
    }
}
