package io.idempotency.campaign.cluster;

import io.idempotency.campaign.history.History;
import io.idempotency.campaign.node.Failpoint;
import io.idempotency.campaign.node.Wire;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What one node has said, and the way to answer it. Thread-safe. */
final class NodeLine {

    private final Executions executions;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Set<String> purged = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Socket socket;
    private volatile int port;

    NodeLine(String node, History history) {
        executions = new Executions(node, history);
    }

    Executions executions() {
        return executions;
    }

    void connected(Socket connection) {
        socket = connection;
    }

    void serves(int onPort) {
        port = onPort;
    }

    /** The port that the node serves on, or 0 as long as it does not. */
    int port() {
        return port;
    }

    void held(String request, String point, long question, int backend) {
        held.put(request, new Held(question, Failpoint.valueOf(point), backend));
    }

    /** Where a request is held, or null if it is not. */
    @Nullable
    Held held(long request) {
        return held.get(String.valueOf(request));
    }

    /** Lets a held request go on; nothing happens if it is not held, or its node is gone. */
    void release(long request) {
        Held known = held.remove(String.valueOf(request));
        if (known != null) {
            answer(known.question(), "go");
        }
    }

    void purged(String request) {
        purged.add(request);
    }

    boolean hasPurged(long request) {
        return purged.contains(String.valueOf(request));
    }

    void purge(long request) {
        send(Wire.line(-1, Wire.PURGE, request));
    }

    void answer(long question, String answer) {
        send(Wire.line(question, answer));
    }

    private void send(String line) {
        Socket connection = socket;
        if (connection == null) {
            return;
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (connection) {
            try {
                connection.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The node is gone, and with it whoever waits for this.
            }
        }
    }

    void ended() {
        executions.allLeft();
        ended.countDown();
    }

    /** Whether everything that the node has ever said was heard. */
    boolean hasEnded() {
        return ended.getCount() == 0;
    }
}
