package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/behaviour.md} lists every problem with its status. */
@Timeout(60)
class ProblemDocumentationTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void problemIsListedWithItsStatus(Problem problem) throws IOException {
        String retryAfter = problem.asksForRetry() ? "yes" : "no";

        assertThat(Files.readString(Path.of("../docs/behaviour.md")))
                .contains("| `" + problem.code() + "` | " + problem.status() + " | " + retryAfter + " |");
    }
}
