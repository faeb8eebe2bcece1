package io.idempotency.campaign.storm;

import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.client.Client;
import io.idempotency.campaign.client.Order;
import io.idempotency.campaign.client.Settling;
import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Cluster;
import io.idempotency.campaign.cluster.ClusterSettings;
import io.idempotency.campaign.history.History;
import io.idempotency.campaign.report.Console;
import io.idempotency.campaign.report.Reckoning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Traffic while everything breaks, then a calm in which every order has to be answered for good. */
public final class Storm {

    private static final int POOL = 12;
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final int SAY_EVERY = 20;

    private final Path directory;
    private final StormPlan plan;

    /** A storm whose processes live in a directory. */
    public Storm(Path directory, StormPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    /** Runs to the end of the forecast. */
    public StormResult run() throws IOException {
        Console.say("Storm with seed " + plan.seed() + ".");
        History history = new History();
        ClusterSettings settings = ClusterSettings.of(plan.nodes(), POOL).with(plan.nodeArguments());
        try (Cluster cluster = Cluster.start(directory, settings, history)) {
            Client client = new Client(history);
            Weather weather = new Weather(cluster);
            Traffic traffic = new Traffic(cluster, client, plan.seed());
            sweep(cluster, client, ordersOf(traffic, weather));
            Verdict verdict = Reckoning.of(history, cluster.jdbc());
            Console.say(verdict.toString());
            return new StormResult(plan, weather.happened(), verdict);
        }
    }

    /** All that clients have asked for while the weather was what it was. */
    private List<Order> ordersOf(Traffic traffic, Weather weather) {
        traffic.start(plan.clients());
        boolean calm = false;
        try {
            Bounds.pause(plan.atLeast());
            blowAll(weather);
            Bounds.pause(CALM);
            calm = true;
        } finally {
            if (!calm) {
                traffic.stop();
            }
        }
        return traffic.stop();
    }

    private void blowAll(Weather weather) {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            List<Future<?>> fronts = new ArrayList<>();
            for (List<Gust> front : Forecast.of(plan).fronts()) {
                fronts.add(executor.submit(() -> {
                    blow(weather, front);
                    return null;
                }));
            }
            for (Future<?> front : fronts) {
                front.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The storm did not come to its end.", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void blow(Weather weather, List<Gust> front) throws IOException {
        for (int i = 0; i < front.size(); i++) {
            weather.blow(front.get(i));
            if (i % SAY_EVERY == SAY_EVERY - 1) {
                Console.say(weather.happened().toString());
            }
        }
    }

    /** Every order is asked for once more, on any node, until it is answered for good. */
    private void sweep(Cluster cluster, Client client, List<Order> orders) {
        Console.say("The storm is over: " + orders.size() + " orders are asked for once more.");
        Random random = new Random(plan.seed());
        Settling settling = new Settling(
                client, () -> cluster.seats().get(random.nextInt(plan.nodes())).node());
        int open = settling.settle(orders, SETTLED).size();
        Console.say(open + " of them did not settle.");
    }
}
