package io.idempotency.campaign.matrix;

import io.idempotency.campaign.check.Tally;
import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.client.Client;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.ClusterSettings;
import io.idempotency.campaign.cluster.Seat;
import io.idempotency.campaign.history.History;
import io.idempotency.campaign.report.Console;
import io.idempotency.campaign.report.Reckoning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Strikes with every fault until each of its cells was met often enough. */
public final class Matrix {

    /** Enough for every cell of a round to hold a connection. */
    private static final int POOL = 110;

    private final Path directory;
    private final MatrixPlan plan;
    private final Map<Cell, Integer> runs = new TreeMap<>();

    /** A matrix whose processes live in a directory. */
    public Matrix(Path directory, MatrixPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    /** Runs all of it, and judges each fault by itself. */
    public MatrixResult run() throws IOException {
        Verdict verdict = new Verdict(Tally.NONE, List.of());
        for (Fault fault : plan.faults()) {
            verdict = verdict.plus(run(fault));
        }
        return new MatrixResult(runs, verdict);
    }

    private Verdict run(Fault fault) throws IOException {
        History history = new History();
        List<Cell> cells = plan.cells(fault);
        cells.forEach(cell -> runs.put(cell, 0));
        try (Cluster cluster = Cluster.start(directory, settings(), history)) {
            Client client = new Client(history);
            int round = 0;
            while (!isComplete(cells) && round < plan.rounds()) {
                round++;
                new Round(cluster, client, round, cells).run(fault).forEach(cell -> runs.merge(cell, 1, Integer::sum));
                mend(cluster, fault);
                Console.say(fault + ": round " + round + " of " + plan.runs() + ", " + history.size() + " events");
            }
            Verdict verdict = Reckoning.of(history, cluster.jdbc());
            Console.say(fault + "\n" + verdict);
            return verdict;
        }
    }

    private ClusterSettings settings() {
        return ClusterSettings.of(2, POOL)
                .with("--server.tomcat.threads.max=250")
                .with("--idempotency.purge.interval=1h")
                .with(plan.nodeArguments());
    }

    private boolean isComplete(List<Cell> cells) {
        return cells.stream().allMatch(cell -> runs.getOrDefault(cell, 0) >= plan.runs());
    }

    private static void mend(Cluster cluster, Fault fault) throws IOException {
        if (fault == Fault.NODE_UPGRADED) {
            for (Seat seat : cluster.seats()) {
                cluster.downgrade(seat);
            }
            for (Seat seat : cluster.seats()) {
                seat.awaitServing();
            }
        }
    }
}
