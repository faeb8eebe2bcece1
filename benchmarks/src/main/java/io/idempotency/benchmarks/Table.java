package io.idempotency.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A scenario's result in Markdown: a row for every series, and one for every ratio. */
final class Table {

    private final Result result;
    private final List<Measure> measures;

    private Table(Result result) {
        this.result = result;
        this.measures = Stream.of(Measure.values()).filter(result::has).toList();
    }

    static String of(Result result) {
        Table table = new Table(result);
        List<String> lines = new ArrayList<>();
        lines.add(line("per request", measured(table, Measure::heading)));
        lines.add("|---|" + "---:|".repeat(table.measures.size()));
        List<String> labels = List.copyOf(result.labels());
        labels.forEach(label -> lines.add(line(label, measured(table, measure -> table.value(label, measure)))));
        for (String base : result.scenario().bases()) {
            labels.subList(labels.indexOf(base) + 1, labels.size())
                    .forEach(label -> lines.add(table.ratio(label, base)));
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> measured(Table table, Function<Measure, String> cell) {
        return table.measures.stream().map(cell).toList();
    }

    private String value(String label, Measure measure) {
        Spread value = result.value(label, measure);
        return value.isKnown() ? measure.format(value.median()) : "–";
    }

    private String ratio(String label, String base) {
        return line(
                "*" + label + " : " + base + "*",
                measured(this, measure -> result.ratio(label, base, measure).asRatio()));
    }

    private static String line(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |";
    }
}
