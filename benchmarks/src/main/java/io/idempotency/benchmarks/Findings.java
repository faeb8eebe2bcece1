package io.idempotency.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that a run found out. */
final class Findings {

    private final List<Result> results = new ArrayList<>();
    private List<Microbenchmarks.Row> microbenchmarks = List.of();
    private StartUp.@Nullable Times startUp;
    private @Nullable String protocols;

    void add(Result result) {
        results.add(result);
    }

    void add(StartUp.Times times) {
        startUp = times;
    }

    void add(List<Microbenchmarks.Row> rows) {
        microbenchmarks = rows;
    }

    void addProtocols(String table) {
        protocols = table;
    }

    Optional<String> protocols() {
        return Optional.ofNullable(protocols);
    }

    List<Result> results() {
        return results;
    }

    Optional<Result> result(String title) {
        return results.stream()
                .filter(result -> result.scenario().title().equals(title))
                .findFirst();
    }

    Optional<StartUp.Times> startUp() {
        return Optional.ofNullable(startUp);
    }

    List<Microbenchmarks.Row> microbenchmarks() {
        return microbenchmarks;
    }
}
