package io.idempotency.campaign.matrix;

import io.idempotency.campaign.node.Failpoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What part of the matrix is run, and how often.
 *
 * @param faults which faults
 * @param points at which failpoints
 * @param runs how often each cell at least
 * @param nodeArguments what every node is told besides
 */
public record MatrixPlan(Set<Fault> faults, Set<Failpoint> points, int runs, List<String> nodeArguments) {

    /** All of it. */
    public static MatrixPlan complete(int runs) {
        return new MatrixPlan(EnumSet.allOf(Fault.class), EnumSet.allOf(Failpoint.class), runs, List.of());
    }

    /** The same at some faults only. */
    public MatrixPlan only(Set<Fault> some) {
        return new MatrixPlan(some, points, runs, nodeArguments);
    }

    /** The same at some faults and failpoints only. */
    public MatrixPlan only(Set<Fault> some, Set<Failpoint> somePoints) {
        return new MatrixPlan(some, somePoints, runs, nodeArguments);
    }

    /** The same with nodes that are told something. */
    public MatrixPlan with(List<String> arguments) {
        return new MatrixPlan(faults, points, runs, arguments);
    }

    /** A cell whose request was not held when the fault struck is met again; not for ever. */
    int rounds() {
        return runs + Math.max(2, runs / 2);
    }

    List<Cell> cells(Fault fault) {
        return Cell.of(fault).stream()
                .filter(cell -> points.contains(cell.point()))
                .toList();
    }
}
