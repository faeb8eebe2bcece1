package io.idempotency.campaign.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A way to a PostgreSQL server on this machine that breaks as it is told. Thread-safe.
 *
 * <p>It reads protocol 3 without encryption as far as it has to: who the backend is, and where a COMMIT goes by. While the database
 * is not there, clients are closed at once. Connections are named by the process id of their backend; where a black hole outlives
 * the backend and the id is given again, both connections are meant.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ServerSocket listener;
    private final int databasePort;
    private final ArmedFaults faults = new ArmedFaults();
    private final Set<Connection> open = new HashSet<>();
    private boolean blackHole;
    private boolean closed;
    private long accepted;

    private FaultProxy(ServerSocket listener, int databasePort) {
        this.listener = listener;
        this.databasePort = databasePort;
    }

    /**
     * Starts a proxy, on a port of its own of the loopback interface.
     *
     * @param databasePort where the database listens, or will
     * @return the proxy
     * @throws IOException when it cannot listen
     */
    public static FaultProxy to(int databasePort) throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        FaultProxy proxy = new FaultProxy(listener, databasePort);
        Daemons.start(proxy.name(), proxy::accept);
        return proxy;
    }

    /** Where the proxy listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The backends of the connections that are open, those in a black hole included, in ascending order. */
    public List<Integer> backends() {
        return select(connection -> connection.backend() != 0).stream()
                .map(Connection::backend)
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * Resets both sides of a connection at once.
     *
     * @param backend whose connection
     * @return false if there is none
     */
    public boolean cut(int backend) {
        return reset(of(backend)) > 0;
    }

    /** Resets all connections, also those that have no backend yet, and says how many they were. */
    public int cutAll() {
        return reset(select(connection -> true));
    }

    /**
     * Arms a fault for the next COMMIT of a connection; several are met one after the other.
     *
     * @param backend whose connection; without one, the fault is over from the start
     * @param kind what is done
     * @return the fault
     */
    public CommitFault onCommit(int backend, CommitFault.Kind kind) {
        List<Connection> connections = of(backend);
        Connection only = connections.isEmpty() ? null : connections.get(0);
        CommitFault fault = new CommitFault(kind, only);
        if (only == null) {
            fault.end();
            return fault;
        }
        faults.arm(fault);
        if (!isOpen(only)) {
            faults.forget(only);
        }
        return fault;
    }

    /**
     * Arms a fault for the next COMMIT of any connection; several meet as many COMMITs.
     *
     * @param kind what is done
     * @return the fault
     */
    public CommitFault onAnyCommit(CommitFault.Kind kind) {
        CommitFault fault = new CommitFault(kind, null);
        faults.arm(fault);
        return fault;
    }

    /**
     * Lets nothing pass on a connection any more, in neither direction, and keeps both sides from noticing; not even the end of one
     * side gets to the other.
     *
     * @param backend whose connection
     * @return false if there is none
     */
    public boolean blackHole(int backend) {
        List<Connection> connections = of(backend);
        connections.forEach(Connection::blackHole);
        return !connections.isEmpty();
    }

    /** Lets nothing pass on any connection; those that clients open before {@link #heal()} get no answer either. */
    public void blackHoleAll() {
        synchronized (open) {
            blackHole = true;
            open.forEach(Connection::blackHole);
        }
    }

    /** Resets the connections that are in a black hole, because bytes of theirs are lost, and lets new ones pass. */
    public void heal() {
        synchronized (open) {
            blackHole = false;
        }
        reset(select(Connection::isBlackHole));
    }

    /** Resets all connections, and listens no longer. */
    @Override
    public void close() throws IOException {
        synchronized (open) {
            closed = true;
        }
        listener.close();
        cutAll();
        faults.forgetAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException e) {
                // The listener is closed, or the process is out of files and will have some again.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void admit(Socket client) {
        Connection connection = new Connection(client, databasePort, faults, this::ended);
        synchronized (open) {
            open.add(connection);
            accepted++;
            if (blackHole) {
                connection.blackHole();
            }
            if (!closed) {
                connection.start(name() + "-" + accepted);
                return;
            }
        }
        connection.reset();
    }

    private void ended(Connection connection) {
        synchronized (open) {
            open.remove(connection);
        }
        faults.forget(connection);
    }

    private boolean isOpen(Connection connection) {
        synchronized (open) {
            return open.contains(connection);
        }
    }

    private List<Connection> of(int backend) {
        return select(connection -> connection.backend() == backend && backend != 0);
    }

    private List<Connection> select(Predicate<Connection> condition) {
        synchronized (open) {
            return open.stream().filter(condition).toList();
        }
    }

    private static int reset(List<Connection> connections) {
        return (int) connections.stream().filter(Connection::reset).count();
    }

    private String name() {
        return "fault-proxy-" + port();
    }
}
