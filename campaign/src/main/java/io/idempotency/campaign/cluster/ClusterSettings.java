package io.idempotency.campaign.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster is made of.
 *
 * @param nodes how many
 * @param poolSize connections of each node at most
 * @param nodeArguments what every node is told besides
 */
public record ClusterSettings(int nodes, int poolSize, List<String> nodeArguments) {

    /** As many nodes as are asked for, with what suits most campaigns. */
    public static ClusterSettings of(int nodes, int poolSize) {
        return new ClusterSettings(nodes, poolSize, List.of());
    }

    /** The same nodes, told something more. */
    public ClusterSettings with(String argument) {
        return with(List.of(argument));
    }

    /** The same nodes, told some things more. */
    public ClusterSettings with(List<String> more) {
        List<String> arguments = new ArrayList<>(nodeArguments);
        arguments.addAll(more);
        return new ClusterSettings(nodes, poolSize, List.copyOf(arguments));
    }
}
