package io.idempotency.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What many records do to fresh keys, and what purging does. */
final class LargeTable {

    static final String SIZE = "A large table";
    static final String PURGE = "A purge meanwhile";
    static final String EMPTY = "empty table";
    static final String LARGE = "large table";
    static final String RESTING = "purge at rest";
    static final String RUNNING = "purge running";

    /** One of so many records is over. */
    private static final int OVER = 5;

    private final Server server;
    private final Arguments arguments;

    LargeTable(Server server, Arguments arguments) {
        this.server = server;
        this.arguments = arguments;
    }

    List<Result> measure(Stage stage) {
        Workload fresh = new Fresh(Payload.json(200));
        try (Subject empty = Subject.start(Variant.TRANSACTIONAL, server.newDatabase("empty"));
                Subject large = Subject.start(
                        Variant.TRANSACTIONAL,
                        server.newDatabase("large"),
                        "idempotency.purge.enabled=true",
                        "idempotency.purge.interval=10ms")) {
            Purging.purger(large).stop();
            Load.run(large, fresh, 1, Until.requests(1));
            RecordTable table = new RecordTable(large.database());
            table.fill(arguments.records(), arguments.records() / OVER);
            server.checkpoint();
            List<Result> results = new ArrayList<>();
            results.add(stage.measure(size(new Series(EMPTY, empty, fresh), new Series(LARGE, large, fresh))));
            if (arguments.wants("purge")) {
                long before = table.over();
                Scenario purge =
                        purge(new Series(RESTING, large, fresh), new Series(RUNNING, large, new Purging(fresh)));
                results.add(stage.measure(purge));
                requireEnough(before, table.over());
            }
            return results;
        }
    }

    private static void requireEnough(long before, long after) {
        System.out.printf(
                Locale.ROOT, "Purged meanwhile: %,d of %,d records that were over.%n%n", before - after, before);
        if (after == 0) {
            throw new IllegalStateException("The purge ran out of records: ask for more of them, or for less time.");
        }
    }

    private Scenario size(Series... series) {
        String explanation = String.format(
                Locale.ROOT,
                "Fresh keys beside %,d records, a fifth of which are over, and beside none. The table was filled, vacuumed and"
                        + " checkpointed just before, so that nearly every insert into its index writes a full-page image.",
                arguments.records());
        return new Scenario(SIZE, explanation, List.of(series), 0, arguments.slice());
    }

    private Scenario purge(Series... series) {
        return new Scenario(
                PURGE,
                "Fresh keys into the large table, while the library deletes what is over, in batches of 1,000 at its own pace,"
                        + " and while it does not.",
                List.of(series),
                0,
                arguments.slice());
    }
}
