package io.idempotency.campaign.cluster;

import io.idempotency.campaign.history.Event.Ended;
import io.idempotency.campaign.history.Event.Provided;
import io.idempotency.campaign.history.History;
import io.idempotency.campaign.history.Subject;
import io.idempotency.campaign.node.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Where all nodes report: one line each, read by a thread of its own. */
final class Switchboard implements AutoCloseable {

    private static final String HEARD = "heard";

    private final ServerSocket server;
    private final History history;
    private final Map<String, NodeLine> expected = new ConcurrentHashMap<>();
    private final Map<Subject, AtomicInteger> executions = new ConcurrentHashMap<>();

    private Switchboard(ServerSocket server, History history) {
        this.server = server;
        this.history = history;
    }

    static Switchboard open(History history) throws IOException {
        Switchboard switchboard = new Switchboard(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), history);
        daemon("switchboard", switchboard::accept);
        return switchboard;
    }

    int port() {
        return server.getLocalPort();
    }

    /** A node of this name will report. */
    NodeLine expect(String node) {
        NodeLine line = new NodeLine(node, history);
        expected.put(node, line);
        return line;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon("node-line", () -> listen(socket));
            } catch (IOException e) {
                // Closed, or a node that was gone before it was heard.
            }
        }
    }

    private void listen(Socket socket) {
        NodeLine line = null;
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            line = Objects.requireNonNull(expected.remove(Wire.words(in.readLine())[1]));
            line.connected(socket);
            for (String words = in.readLine(); words != null; words = in.readLine()) {
                hear(line, Wire.words(words));
            }
        } catch (IOException e) {
            // The node's process is gone.
        } finally {
            if (line != null) {
                line.ended();
            }
        }
    }

    private void hear(NodeLine line, String[] words) {
        long question = Long.parseLong(words[0]);
        switch (words[1]) {
            case Wire.SERVING -> {
                line.serves(Integer.parseInt(words[2]));
                line.answer(question, HEARD);
            }
            case Wire.ENTER -> {
                Subject subject = new Subject(words[3], words[4]);
                line.executions()
                        .entered(
                                new Execution(words[2], subject, Integer.parseInt(words[6])), Long.parseLong(words[5]));
                line.answer(question, String.valueOf(count(subject)));
            }
            case Wire.END -> {
                long request = Long.parseLong(words[2]);
                history.add(new Subject(words[3], words[4]), at -> new Ended(at, request));
                line.answer(question, HEARD);
            }
            case Wire.LEAVE -> {
                line.executions().left(words[2]);
                line.answer(question, HEARD);
            }
            case Wire.PROVIDE -> {
                history.add(new Subject(words[3], words[4]), at -> new Provided(at, words[2], words[5]));
                line.answer(question, HEARD);
            }
            case Wire.HELD -> line.held(words[2], words[3], question, Integer.parseInt(words[4]));
            case Wire.PURGED -> {
                line.purged(words[2]);
                line.answer(question, HEARD);
            }
            default -> throw new IllegalStateException("A node said " + String.join(" ", words) + ".");
        }
    }

    private int count(Subject subject) {
        return executions
                .computeIfAbsent(subject, unused -> new AtomicInteger())
                .incrementAndGet();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
