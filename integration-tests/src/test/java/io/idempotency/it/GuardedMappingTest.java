package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K1: which requests are guarded, however the annotation was put there and however the path is spelled. */
@Timeout(120)
class GuardedMappingTest {

    private final RunningApp app = WireApp.get();
    private final Journal journal = app.bean(Journal.class);

    @ParameterizedTest
    @ValueSource(
            strings = {"/mapping/class", "/mapping/interface", "/mapping", "/mapping/any-method", "/mapping/of/7/parts"
            })
    void unsafeMethodIsGuarded(String path) {
        String key = RunningApp.newKey();
        RawAnswer first = RawRequest.post(path).key(key).json("{}").send(app);
        RawAnswer second = RawRequest.post(path).key(key).json("{}").send(app);

        assertThat(first.body()).isEqualTo("run 1");
        assertThat(second.body()).isEqualTo("run 1");
        assertThat(second.isReplay()).isTrue();
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mapping/class", "/mapping/any-method"})
    void safeMethodIsNotGuarded(String path) {
        String key = RunningApp.newKey();
        RawRequest.of("GET", path).key(key).send(app);
        RawAnswer second = RawRequest.of("GET", path).key(key).send(app);

        assertThat(second.body()).isEqualTo("run 2");
        assertThat(RawRequest.of("GET", path).send(app).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void everyUnsafeMethodOfAMappingWithoutMethodIsGuarded(String method) {
        RawAnswer answer =
                RawRequest.of(method, "/mapping/any-method").json("{}").send(app);

        assertThat(answer.isProblem(400, "missing-key")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%6dapping/class",
                "/mapping/cl%61ss",
                "/mapping;x=1/class",
                "/mapping/class;x=1",
                "/;/mapping/class",
                "/mapping/of/%2e/parts",
                "/mapping/of/a%20b;c=d/parts?x",
                "/mapping/class?x=%",
                "/./mapping/class",
                "/x/../mapping/class"
            })
    void otherSpellingOfThePathIsGuardedToo(String target) {
        RawAnswer answer = RawRequest.post(target).json("{}").send(app);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        if (!answer.isProblem(400, "missing-key")) {
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("run");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//mapping/class",
                "/mapping//class",
                "/mapping/class/",
                "/MAPPING/class",
                "/mapping%2fclass",
                "/mapping%5cclass",
                "/mapping/class%00",
                "/mapping/class.json"
            })
    void spellingThatMayMatchNothingNeverExecutesWithoutAKey(String target) {
        RawAnswer answer = RawRequest.post(target).json("{}").send(app);

        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("run ");
    }

    @Test
    void forwardToAnotherGuardedHandlerIsNotGuardedAgain() {
        String key = RunningApp.newKey();
        long records = app.recordCount();
        RawAnswer first =
                RawRequest.post("/mapping/forwards").key(key).json("{}").send(app);
        RawAnswer second =
                RawRequest.post("/mapping/forwards").key(key).json("{}").send(app);

        assertThat(first.body()).isEqualTo("run 1");
        assertThat(second.body()).isEqualTo("run 1");
        assertThat(second.isReplay()).isTrue();
        assertThat(app.recordCount()).isEqualTo(records + 1);
    }

    @Test
    void errorDispatchOfAGuardedRequestIsNotGuardedAgain() {
        String key = RunningApp.newKey();
        RawAnswer answer = RawRequest.post("/guarded/outcome/send-error/404")
                .key(key)
                .json("{}")
                .send(app);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("\"path\":\"/guarded/outcome/send-error/404\"");
    }
}
