package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void patienceShrinksToNothingEvenWhereTheClockOverflows() {
        Waiting waiting = new Waiting(Duration.ofNanos(20), now::get, duration -> {});
        long deadline = waiting.deadline();

        assertThat(waiting.remaining(deadline)).isEqualTo(Duration.ofNanos(20));
        now.addAndGet(15);
        assertThat(waiting.remaining(deadline)).isEqualTo(Duration.ofNanos(5));
        now.addAndGet(5);
        assertThat(waiting.remaining(deadline)).isZero();
        now.addAndGet(1);
        assertThat(waiting.remaining(deadline)).isZero();
    }

    @Test
    void systemClockIsUsedByDefault() {
        Waiting waiting = Waiting.atMost(Duration.ofDays(1));

        assertThat(waiting.limit()).isEqualTo(Duration.ofDays(1));
        assertThat(waiting.remaining(waiting.deadline())).isPositive();
        assertThat(waiting.remaining(System.nanoTime())).isZero();
    }

    @Test
    void pauseCanBeInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Waiting.atMost(Duration.ZERO).pause().pause(Duration.ofDays(1)))
                .isInstanceOf(InterruptedException.class);
    }
}
