package io.idempotency.documentation;

import static io.idempotency.documentation.Documents.code;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.InMemoryIdempotencyStore;
import io.idempotency.core.InMemoryTransactions;
import io.idempotency.core.RequestOutcome;
import io.idempotency.metrics.IdempotencyMeters;
import io.idempotency.metrics.MeteredStore;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/metrics.md} lists what the code publishes. */
@Timeout(60)
class MetricsDocumentationTest {

    private static final String DOCUMENT = "docs/metrics.md";

    @Test
    void everyMeterIsListedWithItsTypeAndTags() {
        List<List<String>> expected = Stream.of(IdempotencyMeters.values())
                .map(meter ->
                        List.of(code(meter.getName()), meter.getType().name().toLowerCase(Locale.ROOT), tagsOf(meter)))
                .toList();

        assertThat(Documents.table(DOCUMENT, "Meter").stream().map(cells -> cells.subList(0, 3)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyOutcomeIsListed() {
        assertThat(firstCells("Outcome"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(RequestOutcome.values())
                        .map(outcome -> code(outcome.tagValue()))
                        .toList());
    }

    @Test
    void everyOperationIsListed() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new MeteredStore(new InMemoryIdempotencyStore(new InMemoryTransactions(), InstantSource.system()), registry);

        assertThat(firstCells("Operation"))
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(id -> code(String.valueOf(id.getTag("operation"))))
                        .toList());
    }

    private static List<String> firstCells(String heading) {
        return Documents.table(DOCUMENT, heading).stream()
                .map(cells -> cells.get(0))
                .toList();
    }

    private static String tagsOf(IdempotencyMeters meter) {
        return meter.getKeyNames().length == 0
                ? "–"
                : Stream.of(meter.getKeyNames())
                        .map(KeyName::asString)
                        .map(Documents::code)
                        .collect(joining(", "));
    }
}
