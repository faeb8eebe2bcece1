package io.idempotency.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a JVM of its own, which can be killed, stopped and continued. */
final class NodeProcess implements AutoCloseable {

    static final Duration BOUND = Duration.ofSeconds(60);

    /** On the class path of all tests, on either line of Boot; without it a node starts sooner. */
    private static final String WITHOUT_JPA = String.join(
            ",",
            "",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");

    private static final Pattern SERVING = Pattern.compile(NodeApp.serving("(\\d+)"));
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final Process process;
    private final Path log;

    private NodeProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a node and does not wait for it; the database knows its connections by its name. */
    static NodeProcess start(String name, String databaseUrl, Path directory) throws IOException {
        Path log = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeApp.class.getName(),
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + databaseUrl,
                        "--spring.datasource.hikari.minimum-idle=1",
                        "--spring.datasource.hikari.data-source-properties.ApplicationName=" + name,
                        "--spring.main.banner-mode=off",
                        "--" + RunningApp.WITHOUT_SECURITY + WITHOUT_JPA,
                        "--idempotency.lease.duration=3s",
                        "--idempotency.lease.renewal-interval=200ms"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new NodeProcess(name, process, log);
    }

    String name() {
        return name;
    }

    HttpResponse<String> post(String path, String key) {
        return send(request(path, key).build()).join();
    }

    /** Posts a request whose handler waits at a point, and returns when it is there. */
    CompletableFuture<HttpResponse<String>> postPausedAt(String point, String path, String key) {
        CompletableFuture<HttpResponse<String>> answer =
                send(request(path, key).header(NodeApp.PAUSE_AT, point).build());
        awaitPrinted(Pattern.compile(Pattern.quote(NodeApp.paused(point, key))));
        return answer;
    }

    /** Lets one handler go on, at once or as soon as the process is continued. */
    void goOn() throws IOException {
        OutputStream input = process.getOutputStream();
        input.write('\n');
        input.flush();
    }

    /** SIGKILL, where there are signals. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Node " + name + " outlives its end.");
        }
    }

    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process sent = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start();
        if (!sent.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS) || sent.exitValue() != 0) {
            throw new IllegalStateException("Node " + name + " did not get SIG" + signal + ".");
        }
    }

    private HttpRequest.Builder request(String path, String key) {
        String port = awaitPrinted(SERVING).group(1);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(BOUND)
                .header("Content-Type", RunningApp.JSON)
                .header(RunningApp.KEY, key)
                .POST(BodyPublishers.ofString("{\"amount\":25}"));
    }

    private static CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    private Matcher awaitPrinted(Pattern text) {
        return await(text.pattern())
                .atMost(BOUND)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("Node " + name + " ended:\n" + printed());
                    }
                })
                .until(() -> text.matcher(printed()), Matcher::find);
    }

    private String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
