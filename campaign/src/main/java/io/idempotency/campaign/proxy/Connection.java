package io.idempotency.campaign.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection with the database: two sockets that end together. Thread-safe. */
final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Socket client;
    private final int databasePort;
    private final ArmedFaults faults;
    private final Consumer<Connection> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Signal over = new Signal();
    private volatile @Nullable Socket database;
    private volatile @Nullable CommitFault expectedAnswer;
    private volatile boolean blackHole;
    private volatile int backend;

    /**
     * A connection that a client has just made.
     *
     * @param client the client's socket
     * @param databasePort where the database listens
     * @param faults what waits for a COMMIT
     * @param onEnd is told when the connection has ended
     */
    Connection(Socket client, int databasePort, ArmedFaults faults, Consumer<Connection> onEnd) {
        this.client = client;
        this.databasePort = databasePort;
        this.faults = faults;
        this.onEnd = onEnd;
    }

    void start(String name) {
        Daemons.start(name + "-requests", () -> serve(name));
    }

    private void serve(String name) {
        try {
            if (!swallows()) {
                connect(name).run();
            }
        } catch (IOException e) {
            finish();
        } finally {
            reset();
        }
    }

    private Pump connect(String name) throws IOException {
        Socket socket = dial();
        ServerMessages fromServer = new ServerMessages(pid -> backend = pid);
        ClientMessages fromClient = new ClientMessages(fromServer::expectNegotiation);
        Answers answers = new Answers(this, fromServer, client.getOutputStream());
        Requests requests = new Requests(this, faults, fromClient, socket.getOutputStream());
        Pump requestPump = new Pump(this, client.getInputStream(), requests);
        Daemons.start(name + "-answers", new Pump(this, socket.getInputStream(), answers));
        return requestPump;
    }

    private Socket dial() throws IOException {
        client.setTcpNoDelay(true);
        Socket socket = new Socket();
        database = socket;
        if (ended.get()) {
            socket.close();
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort), (int)
                CONNECT_TIMEOUT.toMillis());
        if (socket.getLocalPort() == databasePort) {
            // While nobody listens on a port, loopback can give it to the one who asks for it: that is TCP's
            // simultaneous open.
            socket.close();
            throw new ConnectException("The database is not there.");
        }
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** The process id of the backend; 0 while it is not known. */
    int backend() {
        return backend;
    }

    boolean isBlackHole() {
        return blackHole;
    }

    /** Nothing passes any more. */
    void blackHole() {
        blackHole = true;
    }

    /** Whether nothing passes any more; if so, this returns when the connection has ended. */
    boolean swallows() {
        if (!blackHole) {
            return false;
        }
        over.await();
        return true;
    }

    void write(OutputStream side, byte[] bytes, int length) throws IOException {
        if (length > 0 && !swallows()) {
            side.write(bytes, 0, length);
        }
    }

    /** The server's next answer is that to a COMMIT, and the fault decides about it. */
    void expectAnswer(CommitFault fault) {
        expectedAnswer = fault;
        if (ended.get()) {
            fault.end();
        }
    }

    void expectNoAnswer() {
        expectedAnswer = null;
    }

    @Nullable
    CommitFault expectedAnswer() {
        return expectedAnswer;
    }

    /** One side closed its end in order. */
    void finish() {
        if (!swallows()) {
            end(false);
        }
    }

    /** One side is gone, or cannot be understood. */
    void fail(IOException cause) {
        if (!swallows()) {
            if (cause instanceof ProtocolException) {
                LOG.log(Level.WARNING, "A connection is reset because the proxy cannot read it", cause);
            }
            reset();
        }
    }

    /** Resets both sides; false if the connection had ended before. */
    boolean reset() {
        return end(true);
    }

    private boolean end(boolean abruptly) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        close(client, abruptly);
        Socket socket = database;
        if (socket != null) {
            close(socket, abruptly);
        }
        onEnd.accept(this);
        CommitFault fault = expectedAnswer;
        if (fault != null) {
            fault.end();
        }
        over.give();
        return true;
    }

    private static void close(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It is closed, then.
        }
    }
}
