package io.idempotency.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** One running application of every variant. */
final class Subjects implements AutoCloseable {

    private final Map<Variant, Subject> running = new EnumMap<>(Variant.class);

    Subjects(Server server, Variant... variants) {
        for (Variant variant : variants) {
            running.put(
                    variant,
                    Subject.start(variant, server.newDatabase(variant.name().toLowerCase(Locale.ROOT))));
        }
    }

    Subject of(Variant variant) {
        return Objects.requireNonNull(running.get(variant), variant.label());
    }

    /** Gives each of some subjects its work. */
    List<Series> series(BiFunction<Variant, Subject, Workload> workload, Variant... variants) {
        return Stream.of(variants)
                .map(variant -> new Series(variant.label(), of(variant), workload.apply(variant, of(variant))))
                .toList();
    }

    @Override
    public void close() {
        running.values().forEach(Subject::close);
    }
}
