package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.PostMapping;

/** G3, R1, R7: the first answer is the one that is given without the library, and a replay is the first answer. */
@Timeout(120)
class FirstAnswerAndReplayTest {

    private static final Set<String> REPLAYED_HEADERS = Set.of(
            "content-type",
            "content-language",
            "content-disposition",
            "content-location",
            "location",
            "etag",
            "last-modified",
            "link");

    private static RunningApp forgetful;

    private final RunningApp app = WireApp.get();

    @BeforeAll
    static void start() {
        forgetful = WireApp.start(RunningApp.WITHOUT_RECENT_COMPLETIONS);
    }

    @AfterAll
    static void stop() {
        forgetful.close();
    }

    static Stream<String> handlers() {
        return Arrays.stream(AnswerHandlers.class.getDeclaredMethods())
                .map(FirstAnswerAndReplayTest::paths)
                .flatMap(List::stream)
                .sorted();
    }

    private static List<String> paths(Method method) {
        PostMapping mapping = method.getAnnotation(PostMapping.class);
        return mapping == null
                ? List.of()
                : Stream.of(mapping.path(), mapping.value())
                        .flatMap(Arrays::stream)
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void firstAnswerIsTheOneWithoutTheLibrary(String handler) {
        RawAnswer plain = ask("/plain", handler, RunningApp.newKey());
        RawAnswer guarded = ask("/guarded", handler, RunningApp.newKey());

        assertThat(guarded.comparable()).isEqualTo(plain.comparable());
        assertThat(guarded.status()).isLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void replayFromMemoryIsTheFirstAnswerWithTheMarker(String handler) {
        assertReplayIsTheFirstAnswerWithTheMarker(app, handler);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void replayFromTheDatabaseIsTheFirstAnswerWithTheMarker(String handler) {
        assertReplayIsTheFirstAnswerWithTheMarker(forgetful, handler);
    }

    private static void assertReplayIsTheFirstAnswerWithTheMarker(RunningApp app, String handler) {
        String key = RunningApp.newKey();
        RawAnswer first = ask(app, "/guarded", handler, key);
        RawAnswer second = ask(app, "/guarded", handler, key);

        assertThat(second.isReplay()).as("%s", second).isTrue();
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.comparableBody()).isEqualTo(first.comparableBody());
        Map<String, List<String>> expected = new TreeMap<>(first.ownHeaders());
        expected.keySet().retainAll(REPLAYED_HEADERS);
        expected.put("cache-control", List.of("no-store"));
        expected.put("idempotent-replayed", List.of("true"));
        assertThat(second.ownHeaders()).isEqualTo(expected);
    }

    @Test
    void thirdAnswerIsTheSecond() {
        String key = RunningApp.newKey();
        ask("/guarded", "/created", key);

        assertThat(ask("/guarded", "/created", key).comparable())
                .isEqualTo(ask("/guarded", "/created", key).comparable());
    }

    @Test
    void answerToOneRepresentationIsReplayedWhateverTheRetryAccepts() {
        String key = RunningApp.newKey();
        RawAnswer first = ask("/guarded", "/json", key);
        RawAnswer second = RawRequest.post("/guarded/answers/json")
                .key(key)
                .header("Accept", "application/xml")
                .json("{}")
                .send(app);

        assertThat(second.body()).isEqualTo(first.body());
    }

    private RawAnswer ask(String twin, String handler, String key) {
        return ask(app, twin, handler, key);
    }

    private static RawAnswer ask(RunningApp app, String twin, String handler, String key) {
        String query = handler.equals("/bad-argument") ? "?number=none" : "";
        return RawRequest.post(twin + "/answers" + handler + query)
                .key(key)
                .json("{}")
                .send(app);
    }
}
