package io.idempotency.campaign.storm;

import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.Seat;
import io.idempotency.campaign.proxy.CommitFault;
import io.idempotency.campaign.storm.Gust.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** Makes the faults happen, and counts those that did. Thread-safe, for gusts that hit different things. */
final class Weather {

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);
    private static final Duration COMMIT_COMES = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final SortedMap<String, Integer> happened = new TreeMap<>();

    Weather(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Lets one happen, and waits until what it broke is mended; what met nothing is tried again, but not for ever. */
    void blow(Gust gust) throws IOException {
        Bounds.pause(gust.before());
        long deadline = System.nanoTime() + Bounds.PATIENCE.toNanos();
        while (!happens(gust.kind(), cluster.seats().get(gust.seat()))) {
            if (System.nanoTime() > deadline) {
                return;
            }
            Bounds.pause(BEFORE_NEXT_TRY);
        }
        count(gust.kind());
    }

    private boolean happens(Kind kind, Seat seat) throws IOException {
        return switch (kind) {
            case NODE_KILLED -> {
                seat.kill();
                seat.awaitServing();
                yield true;
            }
            case NODE_UPGRADED -> {
                cluster.upgrade(seat);
                seat.awaitServing();
                yield true;
            }
            case NODE_STOPPED -> stop(seat);
            case DATABASE_CRASHED -> {
                cluster.crashDatabase();
                yield true;
            }
            case BACKEND_TERMINATED -> onOneConnection(kind, seat, cluster::terminate);
            case CONNECTION_CUT -> onOneConnection(kind, seat, seat.proxy()::cut);
            case CONNECTION_SILENT -> silent(kind, seat, () -> onOneConnection(kind, seat, seat.proxy()::blackHole));
            case ALL_CONNECTIONS_CUT -> cutAll(seat);
            case ALL_CONNECTIONS_SILENT -> silence(seat);
            case COMMIT_CUT_BEFORE -> atCommit(seat, CommitFault.Kind.CUT_BEFORE);
            case COMMIT_ANSWER_LOST -> atCommit(seat, CommitFault.Kind.ANSWER_LOST);
            case COMMIT_SILENT_BEFORE -> silent(kind, seat, () -> atCommit(seat, CommitFault.Kind.BLACK_HOLE_BEFORE));
            case COMMIT_SILENT_AFTER -> silent(kind, seat, () -> atCommit(seat, CommitFault.Kind.BLACK_HOLE_AFTER));
        };
    }

    private synchronized void count(Kind kind) {
        happened.merge(kind.name(), 1, Integer::sum);
    }

    /** How often each kind happened. */
    synchronized SortedMap<String, Integer> happened() {
        return new TreeMap<>(happened);
    }

    private static boolean stop(Seat seat) {
        String fault = Kind.NODE_STOPPED.name();
        seat.node().stop();
        seat.outlastsLeases(fault);
        seat.node().resume();
        seat.recovers(fault);
        return true;
    }

    private static boolean onOneConnection(Kind kind, Seat seat, IntPredicate end) {
        List<Integer> backends = seat.proxy().backends();
        if (backends.isEmpty()) {
            return false;
        }
        int backend = backends.get(new Random(backends.hashCode()).nextInt(backends.size()));
        seat.loses(backend, kind.name());
        return end.test(backend);
    }

    private static boolean cutAll(Seat seat) {
        String fault = Kind.ALL_CONNECTIONS_CUT.name();
        seat.losesConnections(fault);
        int cut = seat.proxy().cutAll();
        seat.recovers(fault);
        return cut > 0;
    }

    private static boolean silence(Seat seat) {
        if (seat.proxy().backends().isEmpty()) {
            return false;
        }
        String fault = Kind.ALL_CONNECTIONS_SILENT.name();
        seat.losesConnections(fault);
        seat.proxy().blackHoleAll();
        seat.outlastsLeases(fault);
        seat.proxy().heal();
        seat.recovers(fault);
        return true;
    }

    /** The handler is over when its COMMIT is on its way; a fault that meets none is taken back. */
    private static boolean atCommit(Seat seat, CommitFault.Kind kind) {
        CommitFault fault = seat.proxy().onAnyCommit(kind);
        boolean reached = Bounds.reached(fault, COMMIT_COMES);
        if (!reached) {
            fault.release();
        }
        return reached;
    }

    /** The silent connection may be the one that leases are renewed on. */
    private static boolean silent(Kind kind, Seat seat, BooleanSupplier silence) {
        boolean met = silence.getAsBoolean();
        if (met) {
            seat.outlastsLeases(kind.name());
            seat.proxy().heal();
        }
        seat.recovers(kind.name());
        return met;
    }
}
