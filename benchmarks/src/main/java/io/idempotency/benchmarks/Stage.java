package io.idempotency.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Puts the series of a scenario on, in turns. */
final class Stage {

    private final Server server;
    private final int rounds;

    Stage(Server server, int rounds) {
        this.server = server;
        this.rounds = rounds;
    }

    /** Counts first, while the tables are small, then warms up, then measures round by round. */
    Result measure(Scenario scenario) {
        Result result = count(scenario);
        scenario.series().forEach(series -> warmUp(series, scenario.slice()));
        List<Series> order = new ArrayList<>(scenario.series());
        for (int round = 0; round < rounds * scenario.turns(); round++) {
            order.forEach(series -> time(series, scenario.slice(), result));
            Collections.rotate(order, 1);
        }
        return result;
    }

    /** Counts alone: the same on every machine, and on a busy one. */
    Result count(Scenario scenario) {
        Result result = new Result(scenario);
        if (scenario.counted() == 0) {
            return result;
        }
        server.holdAutovacuum();
        try {
            for (Series series : scenario.series()) {
                count(series, scenario.counted(), result);
            }
        } finally {
            server.letAutovacuumRun();
        }
        return result;
    }

    /** What a subject does before it counts. */
    void warmUp(Series series, Duration slice) {
        prepared(series, () -> load(series, Load.CLIENTS, Until.after(slice)));
    }

    /** The first run after the checkpoint takes most of the full-page images upon itself. */
    private void count(Series series, int requests, Result result) {
        server.checkpoint();
        prepared(series, () -> load(series, Load.CLIENTS, Until.requests(requests)));
        Counts many = prepared(series, () -> counted(series, Load.CLIENTS, requests));
        Counts alone = prepared(series, () -> counted(series, 1, Math.max(1, requests / 8)));
        result.add(series, Measure.STATEMENTS, many.statements());
        result.add(series, Measure.CONTROL, many.control());
        result.add(series, Measure.COMMITS, many.commits());
        result.add(series, Measure.ROLLBACKS, many.rollbacks());
        result.add(series, Measure.WRITTEN, many.written());
        result.add(series, Measure.FSYNCS_ALONE, alone.fsyncs());
        result.add(series, Measure.FSYNCS, many.fsyncs());
        result.add(series, Measure.WAL, many.walBytes());
        result.add(series, Measure.ALLOCATED, many.allocated() / 1000);
    }

    private Counts counted(Series series, int threads, int requests) {
        Counters counters = new Counters(server, series.subject());
        counters.start();
        Run run = Load.run(series.subject(), series.workload(), threads, Until.requests(requests));
        return counters.stop(run.requests());
    }

    private void time(Series series, Duration slice, Result result) {
        prepared(series, () -> {
            long log = server.logPosition();
            ProcessorTime before = ProcessorTime.now(server.process());
            Run run = load(series, Load.CLIENTS, Until.after(slice));
            ProcessorTime spent = ProcessorTime.now(server.process()).since(before);
            result.add(series, Measure.THROUGHPUT, run.perSecond());
            result.add(series, Measure.P50, run.millisecondsAt(50));
            result.add(series, Measure.P99, run.millisecondsAt(99));
            result.add(series, Measure.PROCESSOR, spent.own().toNanos() / 1e3 / run.requests());
            result.add(series, Measure.PROCESSOR_OF_SERVER, spent.server().toNanos() / 1e3 / run.requests());
            result.add(series, Measure.WAL_WITH_IMAGES, (double) (server.logPosition() - log) / run.requests());
            return run;
        });
    }

    private static <T> T prepared(Series series, Supplier<T> work) {
        series.workload().prepare(series.subject());
        try {
            return work.get();
        } finally {
            series.workload().finish(series.subject());
        }
    }

    /** An answer that was not the first must not have run the handler. */
    private static Run load(Series series, int threads, Until until) {
        long before = series.subject().database().executions();
        Run run = Load.run(series.subject(), series.workload(), threads, until);
        long executions = series.subject().database().executions() - before;
        if (executions != run.answered(Answer.EXECUTED)) {
            throw new IllegalStateException(series.label() + " executed " + executions + " requests and told so of "
                    + run.answered(Answer.EXECUTED) + ".");
        }
        return run;
    }
}
