package io.idempotency.benchmarks;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What the clients saw. */
record Run(Duration elapsed, Histogram latencies, Map<Answer, Long> answers) {

    long requests() {
        return latencies.getTotalCount();
    }

    double perSecond() {
        return requests() / (elapsed.toNanos() / 1e9);
    }

    double millisecondsAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    long answered(Answer answer) {
        return answers.getOrDefault(answer, 0L);
    }
}
