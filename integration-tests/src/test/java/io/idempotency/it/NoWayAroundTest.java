package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.filter.UrlHandlerFilter;

/** G1 and K1: no guarded handler runs for a request that the guard did not see, whatever stands behind the filter. */
@Timeout(120)
class NoWayAroundTest {

    private static final RunningApp APP = start();

    private static RunningApp start() {
        RunningApp app = RunningApp.start(
                App.class,
                RunningApp.WITHOUT_SECURITY,
                "spring.profiles.active=" + WireController.PROFILE,
                "logging.level.org.apache.catalina.core=off");
        app.jdbc().execute("CREATE TABLE effect (label text NOT NULL)");
        return app;
    }

    @AfterAll
    static void stop() {
        APP.close();
    }

    @Test
    void filterBehindTheGuardThatChangesThePathLeadsToNoUnguardedEffect() {
        assertRefused("/orders/");
    }

    @Test
    void forwardOutOfAnUnguardedHandlerLeadsToNoUnguardedEffect() {
        assertRefused("/forwards");
    }

    private static void assertRefused(String target) {
        String key = RunningApp.newKey();

        RawAnswer answer = RawRequest.post(target).key(key).json("{}").send(APP);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(APP.bean(Journal.class).runs(key)).isZero();
    }

    @Test
    void guardedPathItselfIsExecutedOnce() {
        String key = RunningApp.newKey();
        RawRequest.post("/orders").key(key).json("{}").send(APP);

        assertThat(RawRequest.post("/orders").key(key).json("{}").send(APP).isReplay())
                .isTrue();
        assertThat(APP.bean(Journal.class).effects(key)).isEqualTo(1);
    }

    @Test
    void responseThatTakesItsLocaleBackIsAnswered() {
        RawAnswer answer =
                RawRequest.post("/locale").key(RunningApp.newKey()).json("{}").send(APP);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void uploadThatBreaksOffIsNoServerErrorAndLeavesTheKeyToTheNextAttempt() throws Exception {
        String key = RunningApp.newKey();
        String part = BodyKind.part("x", "name=\"file\"; filename=\"a\"", null, "content");
        try (Socket socket = RawRequest.connect(APP)) {
            RawRequest.post("/orders")
                    .key(key)
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .header("Content-Length", "2000")
                    .header("Connection", "close")
                    .writeHead(socket);
            socket.getOutputStream().write(BodyKind.utf8(part));
            socket.shutdownOutput();

            assertThat(RawAnswer.parse(RawRequest.readAll(socket)).status()).isEqualTo(400);
        }
        RawAnswer retry = RawRequest.post("/orders")
                .key(key)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .body(BodyKind.utf8(part + "--x--\r\n"))
                .send(APP);

        assertThat(retry.status()).isEqualTo(200);
    }

    @EnableAutoConfiguration
    @Import({Journal.class, Orders.class})
    static class App {

        /** With the order that Spring Boot gives to filters by default, which is last. */
        @Bean
        FilterRegistrationBean<UrlHandlerFilter> trailingSlashes() {
            return new FilterRegistrationBean<>(
                    UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
        }
    }

    @WireController
    static final class Orders {

        private final Journal journal;

        Orders(Journal journal) {
            this.journal = journal;
        }

        @Idempotent
        @PostMapping("/orders")
        String order(@RequestHeader(RunningApp.KEY) String key) {
            journal.run(key);
            return "ordered";
        }

        @PostMapping("/forwards")
        void forward(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
            request.getRequestDispatcher("/orders").forward(request, response);
        }

        @Idempotent
        @PostMapping("/locale")
        String locale(HttpServletResponse response) {
            response.setLocale(Locale.GERMAN);
            response.setLocale(null);
            return "ok";
        }
    }
}
