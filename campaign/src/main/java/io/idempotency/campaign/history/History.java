package io.idempotency.campaign.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** All events of a run, by subject. Thread-safe. */
public final class History {

    private static final Comparator<Subject> BY_NAME =
            Comparator.comparing(Subject::key).thenComparing(Subject::principal);

    private final AtomicLong clock = new AtomicLong();
    private final Map<Subject, List<Event>> events = new ConcurrentHashMap<>();

    /** Adds what happens now; the event is given its place in the run. */
    public void add(Subject subject, LongFunction<Event> event) {
        List<Event> known = events.computeIfAbsent(subject, unused -> new ArrayList<>());
        synchronized (known) {
            known.add(event.apply(clock.incrementAndGet()));
        }
    }

    /** How many events there are. */
    public long size() {
        return clock.get();
    }

    /** The events of all subjects, each in order. */
    public Map<Subject, List<Event>> bySubject() {
        Map<Subject, List<Event>> copy = new TreeMap<>(BY_NAME);
        events.forEach((subject, known) -> {
            synchronized (known) {
                copy.put(subject, List.copyOf(known));
            }
        });
        return copy;
    }
}
