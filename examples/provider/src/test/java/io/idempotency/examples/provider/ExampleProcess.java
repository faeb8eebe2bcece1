package io.idempotency.examples.provider;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the two applications in a JVM of its own, which can be killed. */
final class ExampleProcess {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String RUNNING = "Started ";

    private final Process process;
    private final Path log;

    private ExampleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts an application and waits until it serves. */
    static ExampleProcess start(Class<?> application, Path directory, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-D" + LocalDatabase.DIRECTORY + "=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                application.getName(),
                "--server.address=127.0.0.1"));
        command.addAll(List.of(properties));
        Path log = Files.createTempFile(directory, application.getSimpleName(), ".log");
        ExampleProcess started = new ExampleProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
        try {
            started.awaitOutput(RUNNING + application.getSimpleName().replace("Local", ""), 1);
        } catch (RuntimeException e) {
            started.process.destroyForcibly();
            throw e;
        }
        return started;
    }

    long pid() {
        return process.pid();
    }

    String port() {
        Matcher port = PORT.matcher(output());
        if (!port.find()) {
            throw new IllegalStateException("No port was printed:\n" + output());
        }
        return port.group(1);
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
                        throw new IllegalStateException("The application ended:\n" + output());
                    }
                })
                .until(() -> printed(text) >= times);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as Ctrl-C does, its embedded server with it. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The application does not end:\n" + output());
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
