package io.idempotency.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A verdict follows from the figure. */
class GoalTest {

    @Test
    void figureAtTheLimitIsMetUnlessItMustBeBelow() {
        assertThat(Goal.atLeast(1, "", "", Optional.of(1.0)).verdict()).isEqualTo("met");
        assertThat(Goal.atMost(1, "", "", Optional.of(1.0)).verdict()).isEqualTo("met");
        assertThat(Goal.below(1, "", "", Optional.of(1.0)).verdict()).isEqualTo("**not met**");
    }

    @Test
    void figureBeyondTheLimitIsNotMet() {
        assertThat(Goal.atLeast(1, "", "", Optional.of(0.99)).verdict()).isEqualTo("**not met**");
        assertThat(Goal.atMost(1, "", "", Optional.of(1.01)).verdict()).isEqualTo("**not met**");
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        assertThat(Goal.below(1, "", "", Optional.empty()).verdict()).isEqualTo("not measured");
        assertThat(Goal.below(1, "", "", Optional.of(Double.NaN)).verdict()).isEqualTo("not measured");
    }
}
