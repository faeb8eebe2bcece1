package io.idempotency.campaign.check;

import io.idempotency.campaign.check.Related.Part;
import io.idempotency.campaign.history.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The smallest history that still shows something: parts are taken away, many at a time and then one by one, as long as it does. */
final class Smallest {

    /** Enough for a key with some hundred requests; what is left of a larger one is small, if not the smallest. */
    private static final int MOST_TRIALS = 2_000;

    private final Related related;
    private final Predicate<List<Event>> shows;
    private List<Event> left;
    private int trials;

    private Smallest(List<Event> events, Predicate<List<Event>> shows) {
        this.related = new Related(events);
        this.shows = shows;
        this.left = events;
    }

    /** A part of the events that shows the same, from which nothing more can be taken. */
    static List<Event> of(List<Event> events, Predicate<List<Event>> shows) {
        Smallest smallest = new Smallest(events, shows);
        int size = Math.max(1, Related.parts(events).size() / 2);
        while (size > 1) {
            smallest.shrink(size);
            size /= 2;
        }
        boolean shrunk = true;
        while (shrunk) {
            shrunk = smallest.shrink(1);
        }
        return List.copyOf(smallest.left);
    }

    /** Tries every run of so many parts, the last ones first, so that what is left is the earliest. */
    private boolean shrink(int size) {
        List<Part> parts = new ArrayList<>(Related.parts(left));
        Collections.reverse(parts);
        boolean shrunk = false;
        for (int from = 0; from < parts.size() && trials < MOST_TRIALS; from += size) {
            List<Part> taken = parts.subList(from, Math.min(parts.size(), from + size));
            List<Event> fewer = related.without(left, taken);
            if (fewer.size() < left.size()) {
                trials++;
                if (shows.test(fewer)) {
                    left = fewer;
                    shrunk = true;
                }
            }
        }
        return shrunk;
    }
}
