package io.idempotency.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.examples.provider.Transcript.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the two applications do, in the README's order. */
@Timeout(300)
class ReadmeTranscriptTest {

    private static final String START = "./mvnw -pl examples/provider -am -DskipTests package spring-boot:test-run";
    private static final String START_PROVIDER =
            START + " -Dexample.main-class=io.idempotency.examples.provider.LocalFakeProviderApplication";
    private static final String KILL = "kill -9 $(cat examples/provider/target/payments.pid)";
    private static final String WAIT = "wait";
    private static final String IN_BACKGROUND = " &";
    private static final String SLOW = "It is charged, and not answered";
    private static final Path MODULE = Path.of("").toAbsolutePath();

    private final Deque<CompletableFuture<String>> background = new ArrayDeque<>();
    private @Nullable ExampleProcess service;
    private @Nullable ExampleProcess provider;

    @TempDir
    private Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        try {
            if (service != null) {
                service.stop();
            }
        } finally {
            if (provider != null) {
                provider.stop();
            }
        }
    }

    @Test
    void transcriptHolds() throws Exception {
        Transcript transcript = Transcript.of(MODULE.resolve("README.md"));

        assertThat(transcript.steps()).extracting(Step::command).contains(START_PROVIDER, START, KILL, WAIT);
        for (Step step : transcript.steps()) {
            String output = run(step.command());

            assertThat(step.matches(output))
                    .as("$ %s%nprints%n%s%nand the README says%n%s", step.command(), output, step.printed())
                    .isTrue();
        }
    }

    private String run(String command) throws Exception {
        switch (command) {
            case START_PROVIDER:
                startProvider();
                return "";
            case START:
                service = ExampleProcess.start(
                        LocalPaymentsApplication.class,
                        directory,
                        "--server.port=0",
                        "--payments.provider-url=" + urlOf(provider()));
                return "";
            case KILL:
                kill();
                return "";
            case WAIT:
                return background.remove().get(60, TimeUnit.SECONDS);
            default:
                return command.endsWith(IN_BACKGROUND) ? begin(command) : curl(command);
        }
    }

    /** The service goes on asking where the provider was before it died. */
    private void startProvider() throws Exception {
        String port = "0";
        if (provider != null) {
            provider.awaitEnd();
            port = provider.port();
        }
        provider = ExampleProcess.start(LocalFakeProviderApplication.class, directory, "--server.port=" + port);
    }

    private void kill() throws Exception {
        assertThat(Files.readString(directory.resolve(LocalPaymentsApplication.PID_FILE)))
                .isEqualTo(Long.toString(service().pid()));
        service().kill();
        CompletableFuture<String> unanswered = background.remove();
        assertThatThrownBy(() -> unanswered.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    private String begin(String command) {
        int before = provider().printed(SLOW);
        String foreground = command.substring(0, command.length() - IN_BACKGROUND.length());
        background.add(CompletableFuture.supplyAsync(() -> curl(foreground)));
        provider().awaitOutput(SLOW, before + 1);
        return "";
    }

    private String curl(String command) {
        String local = command.replace("http://localhost:8080", urlOf(service()))
                .replace("http://localhost:8081", urlOf(provider()));
        return Curl.send(local).text();
    }

    private static String urlOf(ExampleProcess application) {
        return "http://127.0.0.1:" + application.port();
    }

    private ExampleProcess service() {
        return Objects.requireNonNull(service, "The README does not start the service first");
    }

    private ExampleProcess provider() {
        return Objects.requireNonNull(provider, "The README does not start the provider first");
    }
}
