package io.idempotency.campaign.matrix;

import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.node.Endpoint.Mode;
import io.idempotency.campaign.node.Failpoint;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each cell was met, and what became of the guarantees.
 *
 * @param runs how often the fault struck while the cell's request was held
 * @param verdict over all of them
 */
public record MatrixResult(Map<Cell, Integer> runs, Verdict verdict) {

    /** Keeps what it is given from changing. */
    public MatrixResult {
        runs = new TreeMap<>(runs);
    }

    /** The fewest runs of any cell. */
    public int fewest() {
        return runs.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** All runs. */
    public int total() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A row for every fault and failpoint, a column for every mode, each with the fewest and the most runs over the isolation levels. */
    public String table() {
        StringBuilder table =
                new StringBuilder("| fault | held at | transactional | leased, EXECUTE | leased, REFUSE |\n");
        table.append("|---|---|---|---|---|\n");
        for (Fault fault : Fault.values()) {
            for (Failpoint point : Failpoint.values()) {
                row(table, fault, point);
            }
        }
        return table.toString();
    }

    private void row(StringBuilder table, Fault fault, Failpoint point) {
        if (runs.keySet().stream().noneMatch(cell -> cell.fault() == fault && cell.point() == point)) {
            return;
        }
        table.append("| ").append(fault).append(" | ").append(point);
        for (Mode mode : Mode.values()) {
            IntSummaryStatistics spread = runs.entrySet().stream()
                    .filter(run -> run.getKey().fault() == fault
                            && run.getKey().point() == point
                            && run.getKey().endpoint().mode() == mode)
                    .mapToInt(Map.Entry::getValue)
                    .summaryStatistics();
            table.append(" | ").append(spread.getCount() == 0 ? "–" : spread.getMin());
            if (spread.getMax() > spread.getMin()) {
                table.append(" to ").append(spread.getMax());
            }
        }
        table.append(" |\n");
    }
}
