package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** K5: a browser of another origin may read what the library answers exactly if it may read what the handler answers. */
@Timeout(60)
class CorsTest {

    private static final String SHOP = "https://shop.example";

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(App.class, RunningApp.WITHOUT_SECURITY);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/annotated", "/configured"})
    void everyAnswerAllowsTheOriginAsTheFirstDid(String path) {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post(path, key, "1", "Origin", SHOP);
        List<HttpResponse<String>> later = List.of(
                app.post(path, key, "1", "Origin", SHOP),
                app.post(path, key, "2", "Origin", SHOP),
                app.post(path, "", "1", "Origin", SHOP));

        assertThat(later).extracting(HttpResponse::statusCode).containsExactly(200, 422, 400);
        assertThat(first.headers().allValues("Access-Control-Allow-Origin")).containsExactly(SHOP);
        assertThat(later).allSatisfy(answer -> assertThat(corsHeaders(answer)).isEqualTo(corsHeaders(first)));
    }

    @Test
    void answerInProgressAllowsTheOrigin() throws Exception {
        String key = RunningApp.newKey();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<HttpResponse<String>> first = other.submit(() -> app.post("/slow", key, "1", "Origin", SHOP));
            assertThat(Controller.STARTED.await(30, TimeUnit.SECONDS)).isTrue();
            HttpResponse<String> duplicate = app.post("/slow", key, "1", "Origin", SHOP);
            Controller.GO_ON.countDown();

            assertThat(duplicate.statusCode()).isEqualTo(409);
            assertThat(corsHeaders(duplicate)).isEqualTo(corsHeaders(first.get()));
        } finally {
            Controller.GO_ON.countDown();
            other.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/annotated", "/configured"})
    void refusedOriginIsRefusedOnReplayToo(String path) {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post(path, key, "1", "Origin", SHOP);
        HttpResponse<String> replay = app.post(path, key, "1", "Origin", "https://evil.example");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(replay.statusCode()).isEqualTo(403);
        assertThat(replay.body()).doesNotContain(first.body());
        assertThat(replay.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void refusalOfAnOriginIsNotKept() {
        String key = RunningApp.newKey();

        assertThat(app.post("/annotated", key, "1", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(app.post("/annotated", key, "1", "Origin", SHOP).statusCode())
                .isEqualTo(200);
    }

    @Test
    void replayWithoutOriginCarriesNoPermission() {
        String key = RunningApp.newKey();
        app.post("/annotated", key, "1", "Origin", SHOP);

        HttpResponse<String> replay = app.post("/annotated", key, "1");

        assertThat(replay.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(replay.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static List<String> corsHeaders(HttpResponse<String> answer) {
        List<String> found = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> {
            if (name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-")
                    || name.equalsIgnoreCase("Vary")) {
                values.stream().sorted().forEach(value -> found.add(name + ": " + value));
            }
        });
        return found;
    }

    @EnableAutoConfiguration
    @Import(Controller.class)
    static class App implements WebMvcConfigurer {

        @Override
        public void addCorsMappings(CorsRegistry registry) {
            registry.addMapping("/configured").allowedOrigins(SHOP).exposedHeaders(RunningApp.REPLAYED);
        }
    }

    @RestController
    static class Controller {

        static final CountDownLatch STARTED = new CountDownLatch(1);
        static final CountDownLatch GO_ON = new CountDownLatch(1);

        @PostMapping("/annotated")
        @Idempotent
        @CrossOrigin(origins = SHOP, allowCredentials = "true")
        String annotated() {
            return "paid by annotation";
        }

        @PostMapping("/configured")
        @Idempotent
        String configured() {
            return "paid by configuration";
        }

        @PostMapping("/slow")
        @Idempotent
        @CrossOrigin(SHOP)
        String slow() throws InterruptedException {
            STARTED.countDown();
            GO_ON.await(30, TimeUnit.SECONDS);
            return "done";
        }
    }
}
