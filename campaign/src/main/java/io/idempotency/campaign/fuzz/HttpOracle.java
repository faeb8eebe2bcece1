package io.idempotency.campaign.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Looks at what came back for what was sent. Thread-safe. */
final class HttpOracle {

    private static final int ATTEMPTS = 20;

    private final int controlPort;
    private final Map<String, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> ofTheContainer = new ConcurrentHashMap<>();

    /**
     * An oracle.
     *
     * @param controlPort where the same service runs without the library
     */
    HttpOracle(int controlPort) {
        this.controlPort = controlPort;
    }

    List<String> check(HttpCase one, List<Received> received) throws IOException {
        List<String> findings = new ArrayList<>();
        Set<String> keys = WireKeys.of(one.wire());
        for (Received answer : received) {
            count(answer);
            if (answer.hung()) {
                findings.add("no answer and no end");
            }
            answer.executedKeys().stream()
                    .filter(key -> !keys.contains(key))
                    .forEach(key -> findings.add("executed for the key '" + key + "', sent were " + keys));
            if (answer.text().contains("\"invalid-key\"") && isSimple(one) && !keys.isEmpty()) {
                findings.add("a valid key was refused");
            }
        }
        for (Received answer : received) {
            if (answer.mayBeTheLibrarys() && !isTheContainersOwn(one, answer.serverErrors())) {
                findings.add("server errors of the library's own: " + answer.statuses());
            }
        }
        return findings.stream()
                .map(what ->
                        "http: " + what + " for " + one.name() + " " + one.ending() + " " + Latin1.shown(one.wire()))
                .toList();
    }

    /** One head, and nothing in it that a container might read in a way of its own. */
    private static boolean isSimple(HttpCase one) {
        return one.name().stream().noneMatch(name -> name.equals("RAW") || name.startsWith("PIPELINED"))
                && one.wire().indexOf(HttpDraft.KEY) == one.wire().lastIndexOf(HttpDraft.KEY);
    }

    /** Without the library the same happens; asked again, as an answer is lost where a server closes before it has read everything. */
    private boolean isTheContainersOwn(HttpCase one, List<Integer> errors) throws IOException {
        for (int left = ATTEMPTS; left > 0; left--) {
            for (Received without : Sockets.send(controlPort, one)) {
                if (without.serverErrors().equals(errors)) {
                    add(ofTheContainer, without.shownErrors());
                    return true;
                }
            }
        }
        return false;
    }

    private void count(Received answer) {
        List<Integer> all = answer.statuses();
        if (all.isEmpty()) {
            add(statuses, "closed");
        }
        all.forEach(status -> add(statuses, String.valueOf(status)));
    }

    private static void add(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, none -> new LongAdder()).increment();
    }

    Map<String, Long> statuses() {
        return sums(statuses);
    }

    /** How often the container by itself answered with an error of the server, by status and path. */
    Map<String, Long> ofTheContainer() {
        return sums(ofTheContainer);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
