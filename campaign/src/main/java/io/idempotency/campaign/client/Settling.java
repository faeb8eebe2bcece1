package io.idempotency.campaign.client;

import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Node;
import io.idempotency.campaign.history.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks until every order has an answer that will not change any more. */
public final class Settling {

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(200);
    private static final int AT_ONCE = 64;

    private final Client client;
    private final Supplier<Node> nodes;

    /** Asks through a client whichever node is named. */
    public Settling(Client client, Supplier<Node> nodes) {
        this.client = client;
        this.nodes = nodes;
    }

    /** Whether a client would stop asking. */
    public static boolean isFinal(Answer answer) {
        return switch (answer.status()) {
            case 201, 402, 422 -> true;
            case 409 -> !answer.code().equals("request-in-progress");
            default -> false;
        };
    }

    /** Asks for all of them, and again for those that are open until the bound is over; those that have no final answer yet. */
    public List<Order> settle(Collection<Order> orders, Duration bound) {
        List<Order> open = askAll(List.copyOf(orders));
        long deadline = System.nanoTime() + bound.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            Bounds.pause(BETWEEN_ROUNDS);
            open = askAll(open);
        }
        return open;
    }

    private List<Order> askAll(List<Order> orders) {
        List<Order> open = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += AT_ONCE) {
            List<Order> some = orders.subList(from, Math.min(from + AT_ONCE, orders.size()));
            List<Sending> sendings =
                    some.stream().map(order -> client.send(nodes.get(), order)).toList();
            for (int i = 0; i < some.size(); i++) {
                Optional<Answer> answer = sendings.get(i).await();
                if (answer.filter(Settling::isFinal).isEmpty()) {
                    open.add(some.get(i));
                }
            }
        }
        return open;
    }
}
