package io.idempotency.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a scenario yielded: for every series and measure a value per round, or one that was counted. */
final class Result {

    private final Scenario scenario;
    private final Map<String, Map<Measure, List<Double>>> values = new LinkedHashMap<>();

    Result(Scenario scenario) {
        this.scenario = scenario;
        scenario.series().forEach(series -> values.put(series.label(), new EnumMap<>(Measure.class)));
    }

    Scenario scenario() {
        return scenario;
    }

    Set<String> labels() {
        return values.keySet();
    }

    void add(Series series, Measure measure, double value) {
        of(series.label()).computeIfAbsent(measure, any -> new ArrayList<>()).add(value);
    }

    boolean has(Measure measure) {
        return values.values().stream().anyMatch(measures -> measures.containsKey(measure));
    }

    Spread value(String label, Measure measure) {
        return Spread.of(of(label).getOrDefault(measure, List.of()));
    }

    /** Round by round, so that what slowed a whole round down cancels out. */
    Spread ratio(String label, String base, Measure measure) {
        List<Double> ours = of(label).getOrDefault(measure, List.of());
        List<Double> theirs = of(base).getOrDefault(measure, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return Spread.of(ratios);
    }

    private Map<Measure, List<Double>> of(String label) {
        return Objects.requireNonNull(values.get(label), label);
    }
}
