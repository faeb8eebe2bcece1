package io.idempotency.campaign.fuzz;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Sends requests that nobody should send to a running service, over raw sockets, and looks what becomes of it. */
final class HttpFuzzer {

    static final String NAME = "http";

    private static final int CLIENTS = 8;
    private static final int MOST_FINDINGS = 20;
    private static final int MOST_KEPT = 1000;
    private static final long MOST_GROWTH = 8 << 20;
    private static final String USER = "postgres";

    private final long seed;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    HttpFuzzer(long seed) {
        this.seed = seed;
    }

    /** First what is committed, then as many requests more as are wanted, and a look at the service after each half. */
    void run(long requests) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                FuzzedServer server = FuzzedServer.start(database(postgres, "fuzzed"), true);
                FuzzedServer control = FuzzedServer.start(database(postgres, "control"), false)) {
            HttpOracle oracle = new HttpOracle(control.port());
            for (Corpus.Case known : Corpus.committed(NAME)) {
                exchange(server, oracle, HttpCase.replayed(known.input()));
            }
            send(server, oracle, 0, requests / 2);
            long before = settledHeap(server);
            send(server, oracle, requests / 2, requests);
            long after = settledHeap(server);
            if (after > before + before / 10 + MOST_GROWTH) {
                findings.add("http: the live heap grew from " + before + " to " + after + " bytes");
            }
            look(server, oracle, before, after);
        }
    }

    private static String database(EmbeddedPostgres postgres, String name) {
        new JdbcTemplate(new DriverManagerDataSource(postgres.getJdbcUrl(USER, USER)))
                .execute("CREATE DATABASE " + name);
        return postgres.getJdbcUrl(USER, name);
    }

    private void send(FuzzedServer server, HttpOracle oracle, long from, long to) {
        AtomicLong next = new AtomicLong(from);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, work -> {
            Thread thread = new Thread(work, "fuzz-client");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> {
                for (long number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                    exchange(server, oracle, HttpCase.of(seed, number));
                }
            });
        }
        clients.shutdown();
        await(clients, to - from);
    }

    /** Every exchange has its own bound; this one is for all of them, should a client never get rid of its bytes. */
    private void await(ExecutorService clients, long requests) {
        try {
            if (!clients.awaitTermination(2 + requests / 1000, TimeUnit.MINUTES)) {
                findings.add("http: clients do not come to an end");
                clients.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void exchange(FuzzedServer server, HttpOracle oracle, HttpCase one) {
        if (findings.size() >= MOST_FINDINGS) {
            return;
        }
        try {
            List<Received> received = Sockets.send(server.port(), one);
            sent.addAndGet(one.copies());
            findings.addAll(oracle.check(one, received));
            if (one.ending() == HttpCase.Ending.HALF_CLOSED && kept.size() < MOST_KEPT) {
                one.name().forEach(name -> kept.putIfAbsent(received.get(0).statuses() + " " + name, one.wire()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long settledHeap(FuzzedServer server) {
        server.unsettled().forEach(what -> findings.add("http: " + what));
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void look(FuzzedServer server, HttpOracle oracle, long before, long after) {
        HandlerRuns executions = server.executions();
        executions.unguarded().forEach(what -> findings.add("http: executed without one valid key: " + what));
        executions.repeated().forEach(what -> findings.add("http: " + what));
        lines.add(String.format(
                "%-10s %,12d requests: %,d executions of guarded handlers, %,d records, answers %s; %d findings",
                NAME, sent.get(), executions.count(), server.records(), oracle.statuses(), findings.size()));
        lines.add(String.format(
                "%-10s live heap %,d bytes after the first half, %,d after the second", NAME, before, after));
        lines.add(NAME + "       server errors of the container's own, without the library too: "
                + oracle.ofTheContainer());
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    /** The first request of each kind that was answered in each way. */
    List<Corpus.Case> kept() {
        return ParserTargets.worthCommitting(kept.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Corpus.Case(
                        entry.getKey().replaceAll("\\[(.*)] (.*)", "$2[$1]").replace(" ", ""), entry.getValue()))
                .toList());
    }
}
