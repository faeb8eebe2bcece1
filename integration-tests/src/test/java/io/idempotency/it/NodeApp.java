package io.idempotency.it;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a {@link NodeProcess} serves; a request says at which point its handler waits until it is told to go on. */
@EnableAutoConfiguration
@Import(NodeApp.Handlers.class)
class NodeApp {

    /** The header that names the point; no part of what is compared. */
    static final String PAUSE_AT = "Pause-At";

    static final int STEPS = 3;

    static final String SCHEMA = "CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, request text, what text,"
            + " took_place_at timestamptz DEFAULT clock_timestamp())";

    private static final Semaphore GO_ON = new Semaphore(0);

    /** Each byte of the input lets one handler go on; its end ends the process, so that no node outlives its test. */
    public static void main(String[] args) throws IOException {
        String port =
                SpringApplication.run(NodeApp.class, args).getEnvironment().getRequiredProperty("local.server.port");
        print(serving(port));
        while (System.in.read() >= 0) {
            GO_ON.release();
        }
        Runtime.getRuntime().halt(1);
    }

    static String serving(String port) {
        return "Serving on port " + port + ".";
    }

    static String paused(String point, String key) {
        return "Paused " + point + " of " + key + ".";
    }

    @SuppressWarnings("SystemOut") // read by the test, whatever the logging does
    private static void print(String line) {
        System.out.println(line);
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    private static void pause(String point) {
        if (point.equals(request().getHeader(PAUSE_AT))) {
            print(paused(point, request().getHeader(RunningApp.KEY)));
            GO_ON.acquireUninterruptibly();
        }
    }

    @RestController
    static class Handlers {

        private final JdbcTemplate jdbc;

        Handlers(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/executing")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        ResponseEntity<String> executing(@RequestBody String body, IdempotencyContext context) {
            return book(context);
        }

        @PostMapping("/refusing")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.REFUSE)
        ResponseEntity<String> refusing(@RequestBody String body, IdempotencyContext context) {
            return book(context);
        }

        @PostMapping("/steps")
        @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
        ResponseEntity<String> steps(@RequestBody String body, IdempotencyContext context) {
            List<Integer> attempts = new ArrayList<>();
            for (int number = 1; number <= STEPS; number++) {
                String name = "step " + number;
                attempts.add(context.step(name, Integer.class, () -> {
                    effect(name);
                    pause("in " + name);
                    return context.attempt();
                }));
                pause("after " + name);
            }
            return ResponseEntity.status(201).body("steps of attempts " + attempts);
        }

        private ResponseEntity<String> book(IdempotencyContext context) {
            pause("running");
            return context.completeInTransaction(() -> {
                effect("attempt " + context.attempt());
                pause("completing");
                return ResponseEntity.status(201).body("booked by attempt " + context.attempt());
            });
        }

        private void effect(String what) {
            jdbc.update(
                    "INSERT INTO effect (request, what) VALUES (?, ?)",
                    request().getHeader(RunningApp.KEY),
                    what);
        }
    }
}
