package io.idempotency.campaign.matrix;

import io.idempotency.campaign.node.Endpoint;
import io.idempotency.campaign.node.Failpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of the matrix.
 *
 * @param fault what strikes
 * @param point where the request is held when it strikes
 * @param endpoint which endpoint it was sent to
 */
public record Cell(Fault fault, Failpoint point, Endpoint endpoint) implements Comparable<Cell> {

    static List<Cell> of(Fault fault) {
        List<Cell> cells = new ArrayList<>();
        for (Failpoint point : Failpoint.values()) {
            Endpoint.all().stream()
                    .filter(endpoint -> point.isOnTheWayOf(endpoint.mode()))
                    .forEach(endpoint -> cells.add(new Cell(fault, point, endpoint)));
        }
        return cells;
    }

    @Override
    public int compareTo(Cell other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return fault + "." + point + "." + endpoint.mode() + "." + endpoint.isolation();
    }
}
