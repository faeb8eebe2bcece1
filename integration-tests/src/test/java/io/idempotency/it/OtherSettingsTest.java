package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** K1, K2, K3, R2, R7, R8 where the application has chosen otherwise. */
@Timeout(120)
class OtherSettingsTest {

    private static final String DOCUMENTATION = "https://example.com/idempotency";

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = WireApp.start(
                "server.servlet.context-path=/shop",
                "spring.mvc.servlet.path=/api",
                "idempotency.key.strict=true",
                "idempotency.key.header=X-Request-Key",
                "idempotency.replay-header=X-Replay",
                "idempotency.documentation-uri=" + DOCUMENTATION,
                "idempotency.response.replay-headers=Content-Type,X-Custom",
                "idempotency.response.release-statuses=409,3xx");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void endpointUnderContextPathAndServletPathIsGuarded() {
        String key = quoted();
        RawAnswer first = post("/shop/api/guarded/answers/custom-headers", key);
        RawAnswer second = post("/shop/api/guarded/answers/custom-headers", key);

        assertThat(first.body()).isEqualTo("custom");
        assertThat(second.header("X-Replay")).containsExactly("true");
        assertThat(second.header("X-Custom")).containsExactly("a", "b");
        assertThat(second.header(RunningApp.REPLAYED)).isEmpty();
    }

    @Test
    void otherSpellingsOfContextPathAndServletPathAreGuardedToo() {
        for (String target :
                List.of("/shop/api/mapping/class", "/%73hop/api/mapping/class", "/shop/api/%6dapping/class")) {
            assertThat(RawRequest.post(target).json("{}").send(app).isProblem(400, "missing-key"))
                    .as("%s: %s", target, RawRequest.post(target).json("{}").send(app))
                    .isTrue();
        }
        assertThat(RawRequest.post("/shop/mapping/class").json("{}").send(app).status())
                .isEqualTo(404);
    }

    /** Which of them the dispatcher can read depends on its version: those that it can are guarded. */
    @Test
    void spellingOfTheServletPathIsGuardedOrFailsAsWithoutTheLibrary() {
        for (String prefix : List.of("/shop/%61pi", "/shop/api;y=2", "/shop;x=1/api;y=2")) {
            RawAnswer plain = post(prefix + "/plain/answers/json", quoted());
            RawAnswer guarded =
                    RawRequest.post(prefix + "/guarded/answers/json").json("{}").send(app);

            assertThat(guarded.isProblem(400, "missing-key")
                            || guarded.comparable().equals(plain.comparable()))
                    .as("%s: %s", prefix, guarded)
                    .isTrue();
            assertThat(guarded.status()).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void strictModeTakesTheQuotedFormAlone() {
        String key = RunningApp.newKey();

        assertThat(post("/shop/api/guarded/answers/json", key).isProblem(400, "invalid-key"))
                .isTrue();
        assertThat(post("/shop/api/guarded/answers/json", "\"" + key + "\"").status())
                .isEqualTo(200);
    }

    @Test
    void standardHeaderMeansNothingWhereAnotherIsConfigured() {
        RawAnswer answer = RawRequest.post("/shop/api/guarded/answers/json")
                .key(quoted())
                .json("{}")
                .send(app);

        assertThat(answer.isProblem(400, "missing-key")).isTrue();
        assertThat(answer.body()).contains("X-Request-Key");
    }

    @Test
    void everyProblemNamesTheDocumentation() {
        String key = quoted();
        post("/shop/api/guarded/answers/json", key);
        List<RawAnswer> problems = List.of(
                RawRequest.post("/shop/api/guarded/answers/json").json("{}").send(app),
                post("/shop/api/guarded/answers/json", "bare"),
                post("/shop/api/guarded/answers/text", key));

        assertThat(problems).extracting(RawAnswer::status).containsExactly(400, 400, 422);
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.header("Link")).containsExactly("<" + DOCUMENTATION + ">; rel=\"describedby\"");
            assertThat(problem.header("Content-Type")).containsExactly("application/problem+json");
            assertThat(problem.header("Cache-Control")).containsExactly("no-store");
            assertThat(problem.body())
                    .contains("\"type\":\"" + DOCUMENTATION + "#", "\"title\":", "\"detail\":", "\"code\":")
                    .contains("\"status\":" + problem.status());
        });
    }

    @Test
    void configuredStatusesAreReleasedAndNoOthers() {
        for (String released : List.of("status-exception", "see-other", "redirect-view", "send-redirect")) {
            String key = quoted();
            post("/shop/api/guarded/answers/" + released, key);
            assertThat(post("/shop/api/guarded/answers/" + released, key).header("X-Replay"))
                    .as(released)
                    .isEmpty();
        }
        String key = quoted();
        post("/shop/api/guarded/answers/send-error", key);
        assertThat(post("/shop/api/guarded/answers/send-error", key).header("X-Replay"))
                .containsExactly("true");
    }

    private static String quoted() {
        return "\"" + RunningApp.newKey() + "\"";
    }

    private static RawAnswer post(String target, String key) {
        return RawRequest.post(target).header("X-Request-Key", key).json("{}").send(app);
    }
}
