package io.idempotency.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.examples.payments.Transcript.Step;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the started service does, in the README's order. */
@Timeout(300)
class ReadmeTranscriptTest {

    private static final String START = "./mvnw -pl examples/payments -am -DskipTests package spring-boot:test-run";
    private static final String KILL = "kill -9 $(cat examples/payments/target/payments.pid)";
    private static final String WAIT = "wait";
    private static final String IN_BACKGROUND = " &";
    private static final String FILTER = " | grep ";
    private static final String SLOW = "The money is debited and not yet credited";
    private static final Path MODULE = Path.of("").toAbsolutePath();

    private final Deque<CompletableFuture<String>> background = new ArrayDeque<>();
    private @Nullable PaymentsProcess service;

    @TempDir
    private Path directory;

    @AfterEach
    void stop() throws InterruptedException {
        if (service != null) {
            service.stop();
        }
    }

    @Test
    void transcriptHoldsOnTheEmbeddedServer() throws Exception {
        replay(Map.of());

        assertThat(directory.resolve("local-postgres/PG_VERSION")).exists();
    }

    @Test
    void transcriptHoldsOnAnotherServerByOneProperty() throws Exception {
        replay(Map.of("SPRING_DATASOURCE_URL", PostgresUnderTest.newDatabase().url()));

        assertThat(directory.resolve("local-postgres")).doesNotExist();
    }

    private void replay(Map<String, String> environment) throws Exception {
        Transcript transcript = Transcript.of(MODULE.resolve("README.md"));

        assertThat(transcript.steps()).extracting(Step::command).contains(START, KILL, WAIT);
        for (Step step : transcript.steps()) {
            String output = run(step.command(), environment);

            assertThat(step.matches(output))
                    .as("$ %s%nprints%n%s%nand the README says%n%s", step.command(), output, step.printed())
                    .isTrue();
        }
    }

    private String run(String command, Map<String, String> environment) throws Exception {
        switch (command) {
            case START:
                service = PaymentsProcess.start(directory, environment);
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

    private void kill() throws IOException, InterruptedException {
        service().kill();
        CompletableFuture<String> unanswered = background.remove();
        assertThatThrownBy(() -> unanswered.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    private String begin(String command) {
        int before = service().printed(SLOW);
        String foreground = command.substring(0, command.length() - IN_BACKGROUND.length());
        background.add(CompletableFuture.supplyAsync(() -> curl(foreground)));
        service().awaitOutput(SLOW, before + 1);
        return "";
    }

    private String curl(String command) {
        int filter = command.indexOf(FILTER);
        String local = (filter < 0 ? command : command.substring(0, filter))
                .replace("http://localhost:8080", service().baseUrl());
        String output = Curl.send(local, MODULE.getParent().getParent()).text();
        if (filter < 0) {
            return output;
        }
        String word = command.substring(filter + FILTER.length());
        return output.lines()
                .filter(line -> line.contains(word))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private PaymentsProcess service() {
        return Objects.requireNonNull(service, "The README does not start the service first");
    }
}
