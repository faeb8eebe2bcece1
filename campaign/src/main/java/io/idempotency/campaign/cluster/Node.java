package io.idempotency.campaign.cluster;

import io.idempotency.campaign.node.Failpoint;
import io.idempotency.campaign.node.NodeApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of the application. */
public final class Node {

    private final String name;
    private final Process process;
    private final NodeLine line;
    private final Path log;

    private Node(String name, Process process, NodeLine line, Path log) {
        this.name = name;
        this.process = process;
        this.line = line;
        this.log = log;
    }

    /** Starts a node and does not wait for it. */
    static Node start(String name, Build build, Switchboard switchboard, NodeSettings settings, Path directory)
            throws IOException {
        NodeLine line = switchboard.expect(name);
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xlog:disable"));
        Path archive = build.archive();
        if (archive != null) {
            command.add((Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive);
        }
        command.addAll(List.of("-cp", build.classPath(), NodeApp.class.getName()));
        command.add("--" + NodeApp.NAME + "=" + name);
        command.add("--" + NodeApp.CONTROL_PORT + "=" + switchboard.port());
        command.addAll(settings.arguments(name));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Node(name, process, line, log);
    }

    /** Its name; no two processes of a run have the same. */
    public String name() {
        return name;
    }

    /** The port that it serves on, or 0 as long as it does not. */
    public int port() {
        return line.port();
    }

    /** Waits until it serves or is gone; whether it serves. */
    boolean comesToServe() {
        Bounds.await(() -> name + " serves; see " + log + ".", () -> line.port() != 0 || !process.isAlive());
        return line.port() != 0;
    }

    /** Where it writes what it has to say. */
    Path log() {
        return log;
    }

    Executions executions() {
        return line.executions();
    }

    /** Where a request is held, or null. */
    public @Nullable Failpoint heldAt(long request) {
        Held held = line.held(request);
        return held == null ? null : held.point();
    }

    /** The server's process of a request that is held at its commit. */
    public int backendOf(long request) {
        Held held = line.held(request);
        return held == null ? 0 : held.backend();
    }

    /** Lets a request go on that is held. */
    public void release(long request) {
        line.release(request);
    }

    /** Begins to purge, held as a request of this number. */
    public void purge(long request) {
        line.purge(request);
    }

    /** Whether the purge of this number is over. */
    public boolean hasPurged(long request) {
        return line.hasPurged(request);
    }

    /** SIGKILL. */
    public void kill() {
        line.executions().unprotectTransactionsFromNowOn("killed");
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    void shutDown() {
        process.destroy();
    }

    /** SIGTERM, and waits for the end: the container finishes what it is at, but not for ever. */
    public void terminate() {
        line.executions().unprotectTransactionsFromNowOn("terminated");
        shutDown();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(Bounds.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Node " + name + " outlives its end.");
            }
        } catch (InterruptedException e) {
            throw Bounds.interrupted(e);
        }
        Bounds.await(() -> "everything that " + name + " said was heard.", () -> port() == 0 || line.hasEnded());
    }

    /** SIGSTOP. */
    public void stop() {
        DatabaseServer.signal("STOP", process.pid());
    }

    /** SIGCONT. */
    public void resume() {
        DatabaseServer.signal("CONT", process.pid());
    }

    /** Ends it without a word: the run is over. */
    void abandon() {
        process.destroyForcibly();
        awaitEnd();
    }
}
