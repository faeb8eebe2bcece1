package io.idempotency.campaign.storm;

import io.idempotency.campaign.client.Client;
import io.idempotency.campaign.client.Order;
import io.idempotency.campaign.client.Sending;
import io.idempotency.campaign.client.Settling;
import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.Node;
import io.idempotency.campaign.history.Subject;
import io.idempotency.campaign.node.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clients that send every order several times at once, hang up on some, and ask again until they know. */
final class Traffic {

    private static final List<String> PRINCIPALS = List.of("alice", "bob", "carol");
    private static final List<Endpoint> ENDPOINTS = Endpoint.all();
    private static final Duration A_CLIENT_GIVES_UP = Duration.ofSeconds(30);
    private static final int COPIES = 5;
    private static final int WORK_MILLIS = 40;
    private static final int PAUSE_MILLIS = 250;

    private final Cluster cluster;
    private final Client client;
    private final long seed;
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    Traffic(Cluster cluster, Client client, long seed) {
        this.cluster = cluster;
        this.client = client;
        this.seed = seed;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> ask(number), "client-" + i);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((client, thrown) -> failure.compareAndSet(null, thrown));
            clients.add(thread);
            thread.start();
        }
    }

    /** Stops the clients, each after the order that it is at, and returns all orders that were ever sent. */
    List<Order> stop() {
        over = true;
        for (Thread thread : clients) {
            try {
                thread.join(A_CLIENT_GIVES_UP.plus(Bounds.PATIENCE).toMillis());
            } catch (InterruptedException e) {
                throw Bounds.interrupted(e);
            }
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(
                    "A client has failed, and the others asked for less than was planned.", thrown);
        }
        return List.copyOf(orders);
    }

    private void ask(int number) {
        Random orders = new Random(seed * 31 + number);
        Random random = new Random(orders.nextLong());
        for (int i = 0; !over; i++) {
            Order order = order(orders, number + "-" + i);
            pursue(random, order);
            if (random.nextInt(10) == 0) {
                pursue(random, ofSomebodyElse(order));
            }
            Bounds.pause(Duration.ofMillis(random.nextInt(PAUSE_MILLIS)));
        }
    }

    private static Order ofSomebodyElse(Order order) {
        int other = (PRINCIPALS.indexOf(order.subject().principal()) + 1) % PRINCIPALS.size();
        return order.of(PRINCIPALS.get(other));
    }

    private static Order order(Random random, String name) {
        Endpoint endpoint = ENDPOINTS.get(random.nextInt(ENDPOINTS.size()));
        String kind = switch (random.nextInt(10)) {
            case 0 -> "decline";
            case 1 -> "once-in-vain";
            default -> "pay";
        };
        return new Order(
                new Subject(PRINCIPALS.get(random.nextInt(PRINCIPALS.size())), "storm-" + endpoint.mode() + "-" + name),
                endpoint.path(),
                "{\"amount\":" + random.nextInt(1000) + ",\"kind\":\"" + kind + "\"}");
    }

    /** Until every copy has a final answer, or the client has had enough; the sweep at the end asks again. */
    private void pursue(Random random, Order order) {
        orders.add(order);
        List<Order> open = new ArrayList<>();
        for (int i = random.nextInt(COPIES); i >= 0; i--) {
            open.add(order);
        }
        if (random.nextInt(10) == 0) {
            open.add(order.reusedFor(order.body().replace("{\"amount\":", "{\"amount\":9")));
        }
        long deadline = System.nanoTime() + A_CLIENT_GIVES_UP.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            open = askOnce(random, open);
            if (!open.isEmpty()) {
                Bounds.pause(Duration.ofMillis(20 + random.nextInt(PAUSE_MILLIS)));
            }
        }
        if (random.nextInt(3) == 0) {
            askOnce(random, List.of(order));
        }
    }

    private List<Order> askOnce(Random random, List<Order> copies) {
        List<Sending> sendings = copies.stream()
                .map(copy -> client.send(node(random), copy, null, random.nextInt(WORK_MILLIS)))
                .toList();
        if (random.nextInt(8) == 0) {
            Bounds.pause(Duration.ofMillis(random.nextInt(WORK_MILLIS)));
            sendings.get(0).hangUp();
        }
        List<Order> open = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            if (sendings.get(i).await().filter(Settling::isFinal).isEmpty()) {
                open.add(copies.get(i));
            }
        }
        return open;
    }

    private Node node(Random random) {
        return cluster.seats().get(random.nextInt(cluster.seats().size())).node();
    }
}
