package io.idempotency.benchmarks;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A promise about speed, and what was found.
 *
 * @param figure what was measured, or empty if it was not
 */
record Goal(String promise, Bound bound, double limit, String unit, OptionalDouble figure) {

    /** On which side of the limit it is kept. */
    enum Bound {
        AT_LEAST,
        AT_MOST,
        BELOW
    }

    static Goal atLeast(double limit, String unit, String promise, Optional<Double> figure) {
        return of(promise, Bound.AT_LEAST, limit, unit, figure);
    }

    static Goal atMost(double limit, String unit, String promise, Optional<Double> figure) {
        return of(promise, Bound.AT_MOST, limit, unit, figure);
    }

    static Goal below(double limit, String unit, String promise, Optional<Double> figure) {
        return of(promise, Bound.BELOW, limit, unit, figure);
    }

    private static Goal of(String promise, Bound bound, double limit, String unit, Optional<Double> figure) {
        OptionalDouble known =
                figure.filter(value -> !value.isNaN()).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        return new Goal(promise, bound, limit, unit, known);
    }

    private boolean met(double value) {
        return switch (bound) {
            case AT_LEAST -> value >= limit;
            case AT_MOST -> value <= limit;
            case BELOW -> value < limit;
        };
    }

    String verdict() {
        if (figure.isEmpty()) {
            return "not measured";
        }
        return met(figure.getAsDouble()) ? "met" : "**not met**";
    }

    String bounds() {
        String side = bound.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return side + " " + number(limit) + unit;
    }

    String found() {
        return figure.isEmpty() ? "–" : number(figure.getAsDouble()) + unit;
    }

    private static String number(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
