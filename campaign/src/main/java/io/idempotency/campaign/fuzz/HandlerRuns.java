package io.idempotency.campaign.fuzz;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every execution of a guarded handler: its effect, and whether it should have been. Thread-safe. */
final class HandlerRuns {

    private static final int MOST_FINDINGS = 20;

    private final JdbcTemplate jdbc;
    private final AtomicLong count = new AtomicLong();
    private final Queue<String> unguarded = new ConcurrentLinkedQueue<>();

    HandlerRuns(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes effect, and returns what the handler answers. */
    String execute(HttpServletRequest request) {
        count.incrementAndGet();
        List<String> values = Collections.list(request.getHeaders(HttpDraft.KEY));
        Optional<String> key = KeyModel.key(values);
        if (key.isEmpty() && unguarded.size() < MOST_FINDINGS) {
            unguarded.add(request.getMethod() + " " + request.getRequestURI() + " with keys " + values);
        }
        jdbc.update("INSERT INTO effect (key) VALUES (?)", key.orElse(""));
        return Received.handled(key.orElse(""));
    }

    /** Takes effect under a key or without one, where the key is optional. */
    String executeOptional(HttpServletRequest request) {
        boolean absent = !request.getHeaders(HttpDraft.KEY).hasMoreElements();
        return absent ? "executed without a key" : execute(request);
    }

    long count() {
        return count.get();
    }

    List<String> unguarded() {
        return List.copyOf(unguarded);
    }

    /** The keys that took effect more than once. */
    List<String> repeated() {
        return jdbc.queryForList(
                "SELECT key || ' took effect ' || count(*) || ' times' FROM effect GROUP BY key HAVING count(*) > 1 LIMIT 20",
                String.class);
    }
}
