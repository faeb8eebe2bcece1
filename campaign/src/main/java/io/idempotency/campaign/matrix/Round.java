package io.idempotency.campaign.matrix;

import io.idempotency.campaign.client.Client;
import io.idempotency.campaign.client.Order;
import io.idempotency.campaign.client.Sending;
import io.idempotency.campaign.client.Settling;
import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.Node;
import io.idempotency.campaign.cluster.Seat;
import io.idempotency.campaign.history.Subject;
import io.idempotency.campaign.node.Endpoint;
import io.idempotency.campaign.proxy.CommitFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One request in every cell of a fault, held on one node while the other is asked for the same; then the fault. */
final class Round {

    private static final Duration RETENTION_IS_OVER = Duration.ofMillis(1200);
    private static final Duration SETTLED = Duration.ofSeconds(20);
    private static final int TRIES = 5;

    private final Cluster cluster;
    private final Client client;
    private final Seat victim;
    private final Seat other;
    private final Map<Cell, Order> orders = new TreeMap<>();
    private final List<Order> strangers = new ArrayList<>();
    private final Map<Cell, Sending> sendings = new TreeMap<>();
    private final Map<Cell, CommitFault> commits = new TreeMap<>();
    private final Node struck;
    private long purge;

    Round(Cluster cluster, Client client, int number, List<Cell> cells) {
        this.cluster = cluster;
        this.client = client;
        this.victim = cluster.seats().get(0);
        this.other = cluster.seats().get(1);
        this.struck = victim.node();
        cells.forEach(cell ->
                add(cell, order(number, cell), Math.floorMod(cell.toString().hashCode() + number, 4)));
    }

    /** In one round of four a cell's key is used for something else while it is held, in another one by somebody else. */
    private void add(Cell cell, Order order, int turn) {
        orders.put(cell, order);
        if (cell.point().isOnRequest() && turn == 0) {
            strangers.add(order.reusedFor("{\"amount\":26,\"kind\":\"pay\"}"));
        } else if (cell.point().isOnRequest() && turn == 1) {
            strangers.add(order.of("bob"));
        }
    }

    /** Every cell is declined in one round of five. */
    private static Order order(int number, Cell cell) {
        String kind = Math.floorMod(cell.toString().hashCode() + number, 5) == 0 ? "decline" : "pay";
        return new Order(
                new Subject("alice", cell + "." + number),
                cell.point().isOnRequest() ? cell.endpoint().path() : Endpoint.SHORT_PATH,
                "{\"amount\":25,\"kind\":\"" + kind + "\"}");
    }

    /** Runs it; the cells whose request was where it should be when the fault struck. */
    List<Cell> run(Fault fault) throws IOException {
        Settling settling = new Settling(client, () -> other.node());
        if (!settling.settle(withRecord(), SETTLED).isEmpty()) {
            throw new IllegalStateException("There is nothing for a purge to delete.");
        }
        Bounds.pause(RETENTION_IS_OVER);
        orders.replaceAll((cell, order) ->
                cell.point().isOnRequest() ? order : order.again(cell.endpoint().path()));
        holdAll();
        ask(other, cell -> cell.point().isOnRequest()).forEach(Sending::await);
        commitAll();
        List<Sending> duplicates = ask(other, cell -> true);
        List<Sending> others = strangers.stream()
                .map(order -> client.send(other.node(), order))
                .toList();
        List<Cell> held = orders.keySet().stream().filter(this::isHeld).toList();
        new Strike(
                        cluster,
                        victim,
                        other,
                        List.copyOf(sendings.values()),
                        () -> releaseAll(fault),
                        seat -> ask(seat, cell -> true).forEach(Sending::await))
                .with(fault);
        duplicates.forEach(Sending::await);
        others.forEach(Sending::await);
        sendings.values().forEach(Sending::await);
        settling.settle(strangers, SETTLED);
        settling.settle(orders.values(), SETTLED);
        new Settling(client, victim::node).settle(orders.values(), SETTLED);
        return held;
    }

    private List<Sending> ask(Seat seat, Predicate<Cell> which) {
        return orders.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(entry -> client.send(seat.node(), entry.getValue()))
                .toList();
    }

    /** Those whose record has to be there, and to be past its retention, before a purge is held. */
    private List<Order> withRecord() {
        return orders.entrySet().stream()
                .filter(entry -> !entry.getKey().point().isOnRequest())
                .map(Map.Entry::getValue)
                .toList();
    }

    private void holdAll() {
        for (int i = 0; i < TRIES; i++) {
            if (purge == 0 || struck.hasPurged(purge)) {
                purge = client.nextRequest();
                struck.purge(purge);
            }
            orders.forEach((cell, order) -> {
                if (cell.point().isOnRequest() && !isHeld(cell)) {
                    sendings.put(cell, client.send(struck, order, cell.point(), 0));
                }
            });
            Bounds.await(
                    () -> "every request is held or answered: " + waiting(),
                    () -> waiting().isEmpty());
        }
    }

    /** As late as can be: a node does not wait long for the answer of a COMMIT. */
    private void commitAll() {
        sendings.forEach((cell, sending) -> {
            if (cell.point().isBehindCommit() && struck.heldAt(sending.request()) == cell.point()) {
                commits.put(cell, commitWithoutAnswer(sending.request()));
            }
        });
    }

    /** The commit goes to the database, and its answer stays in the proxy. */
    private CommitFault commitWithoutAnswer(long request) {
        CommitFault commit = victim.proxy().onCommit(struck.backendOf(request), CommitFault.Kind.HOLD_ANSWER);
        struck.release(request);
        if (!Bounds.reached(commit, Bounds.PATIENCE)) {
            throw new IllegalStateException("The database did not answer the commit of request " + request + ".");
        }
        return commit;
    }

    private List<Cell> waiting() {
        return orders.keySet().stream()
                .filter(cell -> !isHeld(cell) && !isOver(cell))
                .toList();
    }

    private boolean isOver(Cell cell) {
        return cell.point().isOnRequest() ? isAnswered(cell) : struck.hasPurged(purge);
    }

    private boolean isAnswered(Cell cell) {
        Sending sending = sendings.get(cell);
        return sending != null && sending.outcome().isDone();
    }

    private boolean isHeld(Cell cell) {
        if (!cell.point().isOnRequest()) {
            return struck.heldAt(purge) == cell.point();
        }
        Sending sending = sendings.get(cell);
        return commits.containsKey(cell) || (sending != null && struck.heldAt(sending.request()) == cell.point());
    }

    private void releaseAll(Fault fault) {
        commits.values().forEach(fault.losesAnswers() ? CommitFault::cut : CommitFault::release);
        sendings.values().forEach(sending -> struck.release(sending.request()));
        struck.release(purge);
    }
}
