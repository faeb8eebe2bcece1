package io.idempotency.it;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/** What handlers did, by key: how often they ran, and which effect of theirs is committed. */
final class Journal {

    private final JdbcTemplate jdbc;
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    Journal(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A handler runs and has an effect. */
    void run(String key) {
        runs.merge(key, 1, Integer::sum);
        jdbc.update("INSERT INTO effect (label) VALUES (?)", key);
    }

    /** An effect that only the commit refuses. */
    void runIntoRefusedCommit(String key) {
        run(key);
        jdbc.update("INSERT INTO single (label) VALUES ('same'), ('same')");
    }

    int runs(String key) {
        return runs.getOrDefault(key, 0);
    }

    long effects(String key) {
        Long count = jdbc.queryForObject("SELECT count(*) FROM effect WHERE label = ?", Long.class, key);
        return count == null ? 0 : count;
    }

    /** Opens for good what {@link #await} waits for. */
    void open(String gate) {
        gate(gate).countDown();
    }

    void await(String gate) {
        try {
            if (!gate(gate).await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody opened " + gate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private CountDownLatch gate(String gate) {
        return gates.computeIfAbsent(gate, none -> new CountDownLatch(1));
    }
}
