package io.idempotency.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Series that are compared with each other.
 *
 * @param series the first is what the others are compared with, and again with what is done by hand
 * @param counted how many requests are counted, or 0 to measure times alone
 * @param slice how long a series is measured in a round
 * @param turns how many rounds are measured where others have one, for ratios that small differences decide
 */
record Scenario(String title, String explanation, List<Series> series, int counted, Duration slice, int turns) {

    Scenario(String title, String explanation, List<Series> series, int counted, Duration slice) {
        this(title, explanation, series, counted, slice, 1);
    }

    /** The same, measured more often. */
    Scenario times(int factor) {
        return new Scenario(title, explanation, series, counted, slice, turns * factor);
    }

    /** What later series are compared with. */
    List<String> bases() {
        return Stream.concat(Stream.of(series.get(0).label()), Stream.of(Variant.BY_HAND.label()))
                .filter(base -> series.stream().anyMatch(one -> one.label().equals(base)))
                .toList();
    }
}
