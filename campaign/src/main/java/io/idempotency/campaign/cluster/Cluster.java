package io.idempotency.campaign.cluster;

import io.idempotency.campaign.history.History;
import io.idempotency.campaign.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nodes, each behind a proxy of its own, on one database. */
public final class Cluster implements AutoCloseable {

    private static final String CRASHED = "database crashed";

    private final Path directory;
    private final ClusterSettings settings;
    private final DatabaseServer database;
    private final Switchboard switchboard;
    private final Build current;
    private final List<Seat> seats = new ArrayList<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atTheEnd = new Thread(this::close);
    private @Nullable Build next;

    private Cluster(Path directory, ClusterSettings settings, History history) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.current = Build.current(directory).archivedIn(directory.resolve("current.jsa"));
        this.switchboard = Switchboard.open(history);
        this.database = DatabaseServer.start(directory);
    }

    /** Starts everything and waits until all nodes serve. */
    public static Cluster start(Path parent, ClusterSettings settings, History history) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(parent), "cluster-");
        Cluster cluster = new Cluster(directory, settings, history);
        Runtime.getRuntime().addShutdownHook(cluster.atTheEnd);
        try {
            cluster.archive(cluster.current);
            for (int i = 1; i <= settings.nodes(); i++) {
                cluster.seats.add(
                        new Seat(i, FaultProxy.to(cluster.database.port()), cluster.current, cluster::startNode));
            }
            for (Seat seat : cluster.seats) {
                seat.awaitServing();
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private Node startNode(Seat seat) throws IOException {
        return startNode("node-" + seat.number(), seat.build(), seat.proxy().port());
    }

    private Node startNode(String name, Build build, int databasePort) throws IOException {
        return Node.start(
                name + "-" + started.incrementAndGet(),
                build,
                switchboard,
                new NodeSettings(databasePort, settings.poolSize(), settings.nodeArguments()),
                directory);
    }

    /** The classes of one start, kept so that all others are shorter. */
    private void archive(Build build) throws IOException {
        Node first = startNode("archived", build, database.port());
        if (!first.comesToServe()) {
            first.abandon();
            throw new IllegalStateException("The application does not start; see " + first.log() + ".");
        }
        first.terminate();
    }

    /** The places of the nodes. */
    public List<Seat> seats() {
        return List.copyOf(seats);
    }

    /** The database, past all proxies. */
    public JdbcTemplate jdbc() {
        return database.jdbc();
    }

    /** Ends one connection's process as an administrator would; false if it was gone. */
    public boolean terminate(int backend) {
        return database.terminate(backend);
    }

    /** Stops the database at once and starts it again; everything that ran in it is gone, and leases were not renewed meanwhile. */
    public void crashDatabase() throws IOException {
        for (Seat seat : seats) {
            seat.losesConnections(CRASHED);
            seat.mayMissRenewals(CRASHED);
        }
        database.crash();
        database.restart();
        seats.forEach(seat -> seat.recovers(CRASHED));
    }

    /** Another release of the library, which stores answers in another format. */
    public void upgrade(Seat seat) throws IOException {
        seat.replace(nextRelease());
    }

    /** Back to the release that is tested. */
    public void downgrade(Seat seat) throws IOException {
        seat.replace(current);
    }

    private synchronized Build nextRelease() throws IOException {
        if (next == null) {
            next = Build.of(directory, List.of(NextRelease.compile(directory)))
                    .archivedIn(directory.resolve("next.jsa"));
            archive(next);
        }
        return next;
    }

    /** Ends everything; a second time, as when the campaign is interrupted, nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() {
        seats.forEach(seat -> seat.node().abandon());
        try {
            for (Seat seat : seats) {
                seat.proxy().close();
            }
            switchboard.close();
            Build.deleteFrom(directory);
        } catch (IOException e) {
            throw new IllegalStateException("The run's sockets could not be closed, or its files not be removed.", e);
        } finally {
            database.close();
        }
    }
}
