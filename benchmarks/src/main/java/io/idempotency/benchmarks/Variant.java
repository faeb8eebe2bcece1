package io.idempotency.benchmarks;

import io.idempotency.benchmarks.application.ByHand;
import io.idempotency.benchmarks.application.Guarded;
import io.idempotency.benchmarks.application.Leased;
import io.idempotency.benchmarks.application.NoLibrary;
import java.util.List;

/** The ways to handle the same payment. */
enum Variant {
    NO_LIBRARY("no library", NoLibrary.class, false, Settings.NOT_CONFIGURED),
    BY_HAND("by hand", ByHand.class, true, Settings.NOT_CONFIGURED),
    TRANSACTIONAL("transactional", Guarded.class, true, Settings.DEFAULT),
    LEASED("leased", Leased.class, true, Settings.DEFAULT),
    WITHOUT_MEMORY("transactional, from the database", Guarded.class, true, Settings.WITHOUT_RECENT_COMPLETIONS);

    private final String label;
    private final Class<?> application;
    private final boolean keyed;
    private final List<String> properties;

    Variant(String label, Class<?> application, boolean keyed, List<String> properties) {
        this.label = label;
        this.application = application;
        this.keyed = keyed;
        this.properties = properties;
    }

    String label() {
        return label;
    }

    Class<?> application() {
        return application;
    }

    /** Whether a key is heeded: without, every copy of a request is executed. */
    boolean keyed() {
        return keyed;
    }

    List<String> properties() {
        return properties;
    }

    /** What sets the variants apart; everything else is equal. */
    private static final class Settings {

        static final List<String> NOT_CONFIGURED = List.of("spring.autoconfigure.exclude="
                + "io.idempotency.autoconfigure.IdempotencyAutoConfiguration,"
                + "io.idempotency.autoconfigure.IdempotencyWebAutoConfiguration,"
                + "io.idempotency.autoconfigure.IdempotencyMetricsAutoConfiguration");

        static final List<String> DEFAULT = List.of("idempotency.purge.enabled=false");

        static final List<String> WITHOUT_RECENT_COMPLETIONS =
                List.of("idempotency.purge.enabled=false", "idempotency.recent-completions.enabled=false");
    }
}
