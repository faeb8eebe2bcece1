package io.idempotency.examples.payments;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a JVM of its own, which can be killed. */
final class PaymentsProcess {

    private static final Pattern PORT = Pattern.compile("http://localhost:(\\d+)/payments");
    private static final String RUNNING = "Payments is running.";

    private final Process process;
    private final Path directory;
    private final Path log;

    private PaymentsProcess(Process process, Path directory, Path log) {
        this.process = process;
        this.directory = directory;
        this.log = log;
    }

    /** Starts {@link LocalPaymentsApplication} and waits until it serves. */
    static PaymentsProcess start(Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-D" + LocalPaymentsApplication.DIRECTORY + "=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                LocalPaymentsApplication.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=0"));
        builder.environment().putAll(environment);
        Path log = directory.resolve("payments.log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        PaymentsProcess started = new PaymentsProcess(builder.start(), directory, log);
        try {
            started.awaitOutput(RUNNING, 1);
        } catch (RuntimeException e) {
            started.process.destroyForcibly();
            throw e;
        }
        return started;
    }

    String baseUrl() {
        Matcher port = PORT.matcher(output());
        if (!port.find()) {
            throw new IllegalStateException("No URL was printed:\n" + output());
        }
        return "http://127.0.0.1:" + port.group(1);
    }

    /** How often a text was printed so far. */
    int printed(String text) {
        return output().split(Pattern.quote(text), -1).length - 1;
    }

    /** Waits until a text was printed that often. */
    void awaitOutput(String text, int times) {
        await(text)
                .atMost(Duration.ofSeconds(90))
                .failFast(() -> {
                    if (!process.isAlive() && printed(text) < times) {
                        throw new IllegalStateException("The service ended:\n" + output());
                    }
                })
                .until(() -> printed(text) >= times);
    }

    /** Ends it as {@code kill -9} with the id in its file does. */
    void kill() throws IOException, InterruptedException {
        String pid = Files.readString(directory.resolve(LocalPaymentsApplication.PID_FILE));
        if (Long.parseLong(pid) != process.pid()) {
            throw new IllegalStateException("The file names process " + pid + " and not " + process.pid());
        }
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as Ctrl-C does, its embedded server with it. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The service does not end:\n" + output());
        }
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
