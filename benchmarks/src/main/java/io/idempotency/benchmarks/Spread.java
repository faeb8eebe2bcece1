package io.idempotency.benchmarks;

import java.util.List;
import java.util.Locale;

/** The middle of some rounds, and how far apart they are. */
record Spread(double median, double least, double most) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    boolean isKnown() {
        return !Double.isNaN(median) && !Double.isInfinite(median);
    }

    /** As a ratio, with the extremes where there are any. */
    String asRatio() {
        if (!isKnown()) {
            return "–";
        }
        String middle = format(median);
        return least == most ? middle : middle + " (" + format(least) + "–" + format(most) + ")";
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
