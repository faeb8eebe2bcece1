package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyTemplate;
import io.idempotency.Idempotent;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The template beside controllers, and inside them. */
@Timeout(120)
class TemplateInWebAppTest {

    /** A principal and an operation that share whatever name they could share. */
    private static final String NAME = "\0operation";

    private static RunningApp app;
    private static IdempotencyTemplate template;

    private final String key = RunningApp.newKey();

    @BeforeAll
    static void start() {
        app = RunningApp.start(App.class, RunningApp.WITHOUT_SECURITY);
        app.jdbc().execute("CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, what text)");
        template = app.bean(IdempotencyTemplate.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void empty() {
        app.jdbc().execute("TRUNCATE effect, idempotency_record");
    }

    @Test
    void keysOfOperationsNeverMeetThoseOfPrincipals() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(app.post("/orders", key, "{}").statusCode()).isEqualTo(200);
        assertThat(template.execute(NAME, key, Integer.class, runs::incrementAndGet))
                .isEqualTo(1);
        assertThat(template.execute("", key, Integer.class, runs::incrementAndGet))
                .isEqualTo(2);

        assertThat(app.post("/orders", key, "{}").headers().firstValue(RunningApp.REPLAYED))
                .contains("true");
        assertThat(app.recordCount()).isEqualTo(3);
    }

    @Test
    void workInsideAHandlerStaysDoneWhenTheHandlerFails() {
        assertThat(app.post("/failing", key, "{}").statusCode()).isEqualTo(503);
        assertThat(app.post("/failing", key, "{}").statusCode()).isEqualTo(503);

        assertThat(effects()).containsExactly("the work's");
    }

    @Test
    void contextIsTheHandlersAgainBehindTheWork() {
        assertThat(app.post("/contexts", key, "{}").body()).isEqualTo("own: true, restored: true");
    }

    @Test
    void leasedWorkInsideATransactionalHandlerIsRefused() {
        assertThat(app.post("/leased", key, "{}").body()).contains("outside of @Transactional");
        assertThat(effects()).isEmpty();
    }

    private static List<String> effects() {
        return app.jdbc().queryForList("SELECT what FROM effect ORDER BY id", String.class);
    }

    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class App {

        @Bean
        FilterRegistrationBean<Filter> login() {
            FilterRegistrationBean<Filter> login = new FilterRegistrationBean<>(
                    (request, response, chain) -> chain.doFilter(new LoggedIn((HttpServletRequest) request), response));
            login.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return login;
        }
    }

    private static final class LoggedIn extends HttpServletRequestWrapper {

        LoggedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> NAME;
        }
    }

    @RestController
    static class Handlers {

        private final JdbcTemplate jdbc;
        private final IdempotencyTemplate template;

        Handlers(JdbcTemplate jdbc, IdempotencyTemplate template) {
            this.jdbc = jdbc;
            this.template = template;
        }

        @PostMapping("/orders")
        @Idempotent
        String order() {
            return "ordered";
        }

        @PostMapping("/failing")
        @Idempotent
        ResponseEntity<String> failing(@RequestHeader("Idempotency-Key") String key) {
            effect("the handler's");
            template.executeWithoutResult("mails", key, () -> effect("the work's"));
            return ResponseEntity.status(503).body("later");
        }

        @PostMapping("/contexts")
        @Idempotent
        String contexts(IdempotencyContext context, @RequestHeader("Idempotency-Key") String key) {
            boolean own = Boolean.TRUE.equals(template.execute(
                    "mails",
                    key,
                    Boolean.class,
                    () -> !IdempotencyContext.current().keyDigest().equals(context.keyDigest())));
            return "own: " + own + ", restored: " + (IdempotencyContext.current() == context);
        }

        @PostMapping("/leased")
        @Idempotent
        String leased(@RequestHeader("Idempotency-Key") String key) {
            template.leased().executeWithoutResult("mails", key, () -> effect("mail"));
            return "unreachable";
        }

        @ExceptionHandler
        ResponseEntity<String> misused(IllegalStateException e) {
            return ResponseEntity.status(500).body(e.getMessage());
        }

        private void effect(String what) {
            jdbc.update("INSERT INTO effect (what) VALUES (?)", what);
        }
    }
}
