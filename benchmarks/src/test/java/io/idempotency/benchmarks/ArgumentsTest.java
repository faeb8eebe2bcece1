package io.idempotency.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line means. */
class ArgumentsTest {

    @Test
    void withoutArgumentsEverythingIsRunAndPublished() {
        Arguments all = Arguments.parse();

        assertThat(all.complete()).isTrue();
        assertThat(all.wants("purge")).isTrue();
    }

    @Test
    void partOfTheScenariosIsNotPublished() {
        Arguments some = Arguments.parse("--only=fresh,replays", "--rounds=3", "--seconds=0.5", "--report=some.md");

        assertThat(some.complete()).isFalse();
        assertThat(some.wants("replays")).isTrue();
        assertThat(some.wants("purge")).isFalse();
        assertThat(some.rounds()).isEqualTo(3);
        assertThat(some.slice()).isEqualTo(Duration.ofMillis(500));
        assertThat(some.report()).isEqualTo(Path.of("some.md"));
    }

    @Test
    void quickRunIsNotPublished() {
        assertThat(Arguments.parse("--records=5000", "--quick").complete()).isFalse();
        assertThat(Arguments.parse("--records=5000", "--quick").records()).isEqualTo(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--round=3", "fresh", "--only=fresh,replay"})
    void typoIsRefused(String argument) {
        assertThatThrownBy(() -> Arguments.parse(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
