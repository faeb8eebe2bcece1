package io.idempotency.campaign.storm;

import java.time.Duration;
import java.util.List;

/**
 * How hard a storm is, and where it comes from.
 *
 * @param seed what all choices follow from: which faults in which order, which requests
 * @param nodes how many nodes
 * @param clients how many clients at once
 * @param kills how many nodes are ended with SIGKILL
 * @param stops how many are stopped past their leases, and continued
 * @param databaseFaults how many crashes of the database and ends of its connections
 * @param cuts how many cuts of connections, half of them at a COMMIT
 * @param upgrade whether all nodes are replaced by another release on the way
 * @param atLeast how long the clients go on at least
 * @param nodeArguments what every node is told besides
 */
public record StormPlan(
        long seed,
        int nodes,
        int clients,
        int kills,
        int stops,
        int databaseFaults,
        int cuts,
        boolean upgrade,
        Duration atLeast,
        List<String> nodeArguments) {

    /** About half a minute. */
    public static StormPlan smoke(long seed) {
        return new StormPlan(seed, 2, 8, 4, 1, 4, 6, false, Duration.ZERO, List.of());
    }

    /** About two minutes. */
    public static StormPlan medium(long seed) {
        return new StormPlan(seed, 2, 12, 20, 2, 12, 16, true, Duration.ZERO, List.of());
    }

    /** About three quarters of an hour. */
    public static StormPlan full(long seed) {
        return new StormPlan(seed, 4, 16, 520, 20, 210, 210, true, Duration.ZERO, List.of());
    }

    /** The same with other numbers of faults. */
    public StormPlan with(int otherKills, int otherDatabaseFaults, int otherCuts) {
        return new StormPlan(
                seed,
                nodes,
                clients,
                otherKills,
                stops,
                otherDatabaseFaults,
                otherCuts,
                upgrade,
                atLeast,
                nodeArguments);
    }

    /** The same without anything that breaks: duplicates alone. */
    public static StormPlan calm(long seed, List<String> nodeArguments) {
        return new StormPlan(seed, 2, 8, 0, 0, 0, 0, false, Duration.ofSeconds(6), nodeArguments);
    }
}
