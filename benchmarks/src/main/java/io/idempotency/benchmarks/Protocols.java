package io.idempotency.benchmarks;

import io.idempotency.benchmarks.Protocol.Parameter;
import io.idempotency.benchmarks.Protocol.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Ways to keep a key in the transaction of its effect, compared in plain JDBC: what remains when nothing else costs anything. */
final class Protocols {

    private static final int CONNECTIONS = 16;
    private static final byte[] FINGERPRINT = new byte[33];
    private static final byte[] RESPONSE = new byte[90];
    private static final Step EFFECT = Step.of("""
            INSERT INTO payment (debtor, creditor, amount, reference, note)
            VALUES ('DE02120300000000202051', 'DE02500105170137075030', 12.50, 'invoice 4711', 'two pallets of paper, delivered on Monday')
            """);

    private final Server server;
    private final Database database;
    private final int rounds;
    private final Duration slice;

    Protocols(Server server, int rounds, Duration slice) {
        this.server = server;
        this.database = server.newDatabase("protocols");
        this.rounds = rounds;
        this.slice = slice;
        Protocol.all().forEach(protocol -> protocol.setup().forEach(database.jdbc()::execute));
    }

    /** One table in Markdown. */
    String measure() throws Exception {
        Map<Protocol, List<Slice>> slices = new LinkedHashMap<>();
        Protocol.all().forEach(protocol -> slices.put(protocol, new ArrayList<>()));
        for (Protocol protocol : slices.keySet()) {
            run(protocol);
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Protocol, List<Slice>> each : slices.entrySet()) {
                each.getValue().add(run(each.getKey()));
            }
        }
        return table(slices);
    }

    private Slice run(Protocol protocol) throws Exception {
        long log = server.logPosition();
        long end = System.nanoTime() + slice.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                counts.add(threads.submit(() -> transactionsUntil(end, protocol)));
            }
            long transactions = 0;
            for (Future<Long> count : counts) {
                transactions += count.get();
            }
            return new Slice(transactions, (server.logPosition() - log) / (double) transactions);
        } finally {
            threads.shutdownNow();
        }
    }

    private long transactionsUntil(long end, Protocol protocol) throws SQLException {
        long transactions = 0;
        try (Connection connection = DriverManager.getConnection(database.url())) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                UUID key = new UUID(
                        ThreadLocalRandom.current().nextLong(),
                        ThreadLocalRandom.current().nextLong());
                for (Step step : protocol.claim()) {
                    take(connection, step, key);
                }
                take(connection, EFFECT, key);
                for (Step step : protocol.completion()) {
                    take(connection, step, key);
                }
                connection.commit();
                transactions++;
            }
        }
        return transactions;
    }

    private static void take(Connection connection, Step step, UUID key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(step.sql())) {
            int index = 1;
            for (Parameter parameter : step.parameters()) {
                statement.setObject(index++, value(parameter, key));
            }
            statement.execute();
        }
    }

    private static Object value(Parameter parameter, UUID key) {
        return switch (parameter) {
            case LOCK -> key.getMostSignificantBits();
            case KEY -> key;
            case FINGERPRINT -> FINGERPRINT;
            case RESPONSE -> RESPONSE;
        };
    }

    private static String table(Map<Protocol, List<Slice>> slices) {
        List<Slice> base = slices.values().iterator().next();
        StringBuilder table = new StringBuilder(
                "| protocol | statements | transactions : no key | WAL bytes |\n|---|---:|---:|---:|\n");
        slices.forEach((protocol, rounds) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < rounds.size(); i++) {
                ratios.add(rounds.get(i).transactions() / (double) base.get(i).transactions());
            }
            double log = Spread.of(rounds.stream().map(Slice::log).toList()).median();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %,.0f |%n",
                    protocol.name(),
                    protocol.claim().size() + 1 + protocol.completion().size(),
                    Spread.of(ratios).asRatio(),
                    log));
        });
        return table.toString();
    }

    /**
     * What one protocol did in one round.
     *
     * @param log bytes of the write-ahead log for each transaction
     */
    private record Slice(long transactions, double log) {}
}
