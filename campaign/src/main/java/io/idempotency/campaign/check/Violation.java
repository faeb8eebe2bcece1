package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Subject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A guarantee that a history breaks.
 *
 * @param guarantee which one
 * @param subject whose history it is
 * @param what how it is broken, in one sentence
 * @param smallest as few events as break it in the same way
 */
public record Violation(Guarantee guarantee, Subject subject, String what, List<Event> smallest) {

    /** Keeps what it is given from changing. */
    public Violation {
        smallest = List.copyOf(smallest);
    }

    /** The guarantee, the sentence, and a line for every event. */
    @Override
    public String toString() {
        return smallest.stream()
                .map(event -> "  " + Line.of(event))
                .collect(Collectors.joining(
                        "\n", guarantee + " of " + subject + ": " + guarantee.sentence() + "\n" + what + "\n", ""));
    }
}
