package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.idempotency.Idempotent;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import jakarta.servlet.Filter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Section S, idempotency.in-progress.wait: a duplicate waits for the first request, wherever it runs. */
@Timeout(120)
class WaitingTest {

    private static RunningApp node;
    private static RunningApp otherNode;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        String database = PostgresUnderTest.newDatabase().url();
        node = start(database, "30s", 2, "migrate");
        otherNode = start(database, "30s", 1, "validate");
    }

    private static RunningApp start(String database, String wait, int connections, String schema) {
        return RunningApp.start(
                database,
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "idempotency.in-progress.wait=" + wait,
                "idempotency.purge.enabled=false",
                "idempotency.jdbc.schema=" + schema,
                "spring.datasource.hikari.maximum-pool-size=" + connections);
    }

    @AfterAll
    static void stop() {
        node.close();
        otherNode.close();
    }

    @AfterEach
    void stopClients() {
        clients.shutdownNow();
    }

    @Test
    void duplicatesWaitOnTheSameNodeWithoutConnectionsAndReplay() throws Exception {
        String key = RunningApp.newKey();
        Slow slow = Slow.named("same-node");
        Future<HttpResponse<String>> first = post(node, "same-node", key);
        slow.awaitStart();
        List<Future<HttpResponse<String>>> duplicates = new ArrayList<>();
        int arrivedBefore = node.bean(Arrivals.class).count.get();
        for (int i = 0; i < 5; i++) {
            duplicates.add(post(node, "same-node", key));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.bean(Arrivals.class).count.get() == arrivedBefore + 5);

        HikariDataSource pool = node.bean(HikariDataSource.class);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        assertThat(node.post("/quick", RunningApp.newKey(), "{}").statusCode()).isEqualTo(200);
        slow.finish();

        assertThat(answerOf(first).headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        for (Future<HttpResponse<String>> duplicate : duplicates) {
            assertReplay(answerOf(duplicate), answerOf(first));
        }
        assertThat(slow.executions).hasValue(1);
    }

    @Test
    void duplicateWaitsForTheFirstOnAnotherNodeAndReplaysIt() throws Exception {
        String key = RunningApp.newKey();
        Slow slow = Slow.named("other-node");
        Future<HttpResponse<String>> first = post(node, "other-node", key);
        slow.awaitStart();
        int arrivedBefore = otherNode.bean(Arrivals.class).count.get();
        Future<HttpResponse<String>> duplicate = post(otherNode, "other-node", key);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> otherNode.bean(Arrivals.class).count.get() > arrivedBefore);

        assertThat(otherNode.post("/quick", RunningApp.newKey(), "{}").statusCode())
                .isEqualTo(200);
        assertThat(duplicate.isDone()).isFalse();
        slow.finish();

        assertReplay(answerOf(duplicate), answerOf(first));
        assertThat(slow.executions).hasValue(1);
    }

    @Test
    void duplicateIsExecutedIfTheFirstIsReleased() throws Exception {
        String key = RunningApp.newKey();
        Slow slow = Slow.named("failing");
        Future<HttpResponse<String>> first = post(node, "failing", key);
        slow.awaitStart();
        Future<HttpResponse<String>> duplicate = post(otherNode, "failing", key);
        slow.finish();

        assertThat(answerOf(first).statusCode()).isEqualTo(500);
        assertThat(answerOf(duplicate).statusCode()).isEqualTo(200);
        assertThat(answerOf(duplicate).headers().firstValue(RunningApp.REPLAYED))
                .isEmpty();
        assertThat(slow.executions).hasValue(2);
    }

    @Test
    void duplicateIsToldInProgressWhenItsPatienceEnds() throws Exception {
        String key = RunningApp.newKey();
        Slow slow = Slow.named("patience");
        try (RunningApp impatient = start(
                node.context().getEnvironment().getRequiredProperty("spring.datasource.url"), "300ms", 1, "validate")) {
            Future<HttpResponse<String>> first = post(impatient, "patience", key);
            slow.awaitStart();

            HttpResponse<String> duplicate = impatient.post("/slow/patience", key, "{}");
            assertThat(duplicate.statusCode()).isEqualTo(409);
            assertThat(duplicate.body()).contains("\"code\":\"request-in-progress\"");
            assertThat(first.isDone()).isFalse();
            slow.finish();
            assertThat(answerOf(first).statusCode()).isEqualTo(200);
        }
    }

    private Future<HttpResponse<String>> post(RunningApp app, String name, String key) {
        return clients.submit(() -> app.post("/slow/" + name, key, "{}"));
    }

    private static HttpResponse<String> answerOf(Future<HttpResponse<String>> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    private static void assertReplay(HttpResponse<String> answer, HttpResponse<String> first) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.headers().firstValue(RunningApp.REPLAYED)).contains("true");
    }

    private record Slow(CountDownLatch started, CountDownLatch goOn, AtomicInteger executions) {

        private static final Map<String, Slow> BY_NAME = new ConcurrentHashMap<>();

        static Slow named(String name) {
            return BY_NAME.computeIfAbsent(
                    name, any -> new Slow(new CountDownLatch(1), new CountDownLatch(1), new AtomicInteger()));
        }

        void awaitStart() throws InterruptedException {
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        }

        int execute() throws InterruptedException {
            int execution = executions.incrementAndGet();
            started.countDown();
            assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            return execution;
        }

        void finish() {
            goOn.countDown();
        }
    }

    private record Arrivals(AtomicInteger count) {}

    @EnableAutoConfiguration
    @Import(Controller.class)
    static class App {

        @Bean
        Arrivals arrivals() {
            return new Arrivals(new AtomicInteger());
        }

        @Bean
        FilterRegistrationBean<Filter> countingFilter(Arrivals arrivals) {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                arrivals.count().incrementAndGet();
                chain.doFilter(request, response);
            });
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }
    }

    @RestController
    static class Controller {

        @PostMapping("/slow/{name}")
        @Idempotent
        String slow(@PathVariable String name) throws InterruptedException {
            int execution = Slow.named(name).execute();
            if (name.equals("failing") && execution == 1) {
                throw new IllegalStateException("The first execution fails.");
            }
            return "execution " + execution;
        }

        @PostMapping("/quick")
        @Idempotent
        String quick() {
            return "done";
        }
    }
}
