package io.idempotency.campaign.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The node's line to the campaign, over which it tells what it does and is told when to go on; the node ends when the line does. */
final class Control {

    private final OutputStream out;
    private final BufferedReader in;
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, CompletableFuture<String>> unanswered = new ConcurrentHashMap<>();

    private Control(Socket socket) throws IOException {
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static Control connect(int port, String node) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        Control control = new Control(socket);
        control.send(Wire.line(0, node));
        return control;
    }

    /** Reads answers and commands until the campaign is gone. */
    void listen(Consumer<String> commands) {
        Thread reader = new Thread(() -> read(commands), "campaign-control");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Consumer<String> commands) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(Wire.SEPARATOR, 2);
                CompletableFuture<String> waiting = unanswered.remove(Long.parseLong(words[0]));
                if (waiting == null) {
                    commands.accept(words[1]);
                } else {
                    waiting.complete(words[1]);
                }
            }
        } catch (IOException e) {
            // The campaign is gone: there is nobody left to serve.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Tells something and waits, for as long as it takes, until the campaign has answered. */
    String ask(Object... words) {
        long number = asked.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        unanswered.put(number, answer);
        send(Wire.line(number, Wire.line(words)));
        return answer.join();
    }

    private void send(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
