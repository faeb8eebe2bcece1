package io.idempotency.campaign.client;

import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.cluster.Node;
import io.idempotency.campaign.history.Answer;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Sent;
import io.idempotency.campaign.history.Event.Unanswered;
import io.idempotency.campaign.history.History;
import io.idempotency.campaign.node.Failpoint;
import io.idempotency.campaign.node.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends requests and writes down what came of each. Thread-safe. */
public final class Client {

    /** What differs from one transmission to the next, and would fill the history. */
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final History history;
    private final AtomicLong requests = new AtomicLong();

    /** A client whose requests become part of a history. */
    public Client(History history) {
        this.history = history;
    }

    /** Sends an order to a node. */
    public Sending send(Node node, Order order) {
        return send(node, order, null, 0);
    }

    /** Sends an order that is held at a point, and whose handler takes a while. */
    public Sending send(Node node, Order order, @Nullable Failpoint hold, int workMillis) {
        long request = nextRequest();
        history.add(order.subject(), at -> new Sent(at, request, node.name(), order.body(), order.generation()));
        int port = node.port();
        CompletableFuture<HttpResponse<String>> exchange = port == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("does not serve yet"))
                : http.sendAsync(toHttp(port, request, order, hold, workMillis), BodyHandlers.ofString());
        return new Sending(
                request, exchange.handle((response, failure) -> record(order, request, response, failure)), exchange);
    }

    /** A number that no request of the run has. */
    public long nextRequest() {
        return requests.incrementAndGet();
    }

    private static HttpRequest toHttp(int port, long request, Order order, @Nullable Failpoint hold, int workMillis) {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + order.path()))
                .timeout(Bounds.PATIENCE.dividedBy(2))
                .header("Content-Type", "application/json")
                .header(Wire.KEY, order.subject().key())
                .header(Wire.PRINCIPAL, order.subject().principal())
                .header(Wire.REQUEST, String.valueOf(request))
                .header(Wire.GENERATION, String.valueOf(order.generation()))
                .POST(BodyPublishers.ofString(order.body()));
        if (hold != null) {
            http.header(Wire.HOLD, hold.name());
        }
        if (workMillis > 0) {
            http.header(Wire.WORK, String.valueOf(workMillis));
        }
        return http.build();
    }

    private Optional<Answer> record(
            Order order, long request, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            history.add(order.subject(), at -> new Unanswered(at, request, String.valueOf(failure)));
            return Optional.empty();
        }
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!FRAMING.contains(lowerCase)) {
                headers.put(lowerCase, values);
            }
        });
        Answer answer = new Answer(response.statusCode(), headers, response.body());
        history.add(order.subject(), at -> new Answered(at, request, answer));
        return Optional.of(answer);
    }
}
