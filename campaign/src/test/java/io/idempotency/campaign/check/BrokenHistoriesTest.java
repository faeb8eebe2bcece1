package io.idempotency.campaign.check;

import static io.idempotency.campaign.check.Guarantee.G1;
import static io.idempotency.campaign.check.Guarantee.G2;
import static io.idempotency.campaign.check.Guarantee.G3;
import static io.idempotency.campaign.check.Guarantee.G4;
import static io.idempotency.campaign.check.Guarantee.G5;
import static io.idempotency.campaign.check.Guarantee.G6;
import static io.idempotency.campaign.check.Guarantee.G7;
import static io.idempotency.campaign.check.Guarantee.WIRE;
import static io.idempotency.campaign.check.Story.PAY;
import static io.idempotency.campaign.check.Story.PAY_MORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.campaign.check.Related.Part;
import io.idempotency.campaign.history.Answer;
import io.idempotency.campaign.history.Event;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenHistoriesTest {

    private static final Answer FIRST = Story.ofAlice().done("e1");
    private static final Answer REPLAY = Reply.replay(FIRST);

    /** A history, and what it breaks. */
    record Example(Guarantee guarantee, String what, Expectations expectations, Story story) {

        static Example of(Guarantee guarantee, String what, Consumer<Story> plot) {
            return of(guarantee, what, new Expectations(false), plot);
        }

        static Example of(Guarantee guarantee, String what, Expectations expectations, Consumer<Story> plot) {
            Story story = Story.ofAlice();
            plot.accept(story);
            return new Example(guarantee, what, expectations, story);
        }

        List<Violation> violations(List<Event> events) {
            return new Checker(expectations).check(story.subject(), events);
        }

        @Override
        public String toString() {
            return guarantee + ": " + what;
        }
    }

    static Stream<Example> examples() {
        return Stream.of(
                        effects(),
                        truth(),
                        memory(),
                        replays(),
                        markers(),
                        requests(),
                        retries(),
                        others(),
                        wire(),
                        problems())
                .flatMap(examples -> examples);
    }

    private static Stream<Example> effects() {
        return Stream.of(
                Example.of(
                        G1,
                        "two executions have an effect",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .unanswered(1)
                                .executed(2, "e2")),
                Example.of(
                        G1,
                        "an execution has its effect twice",
                        story -> story.executed(1, "e1").effect("e1")),
                Example.of(
                        G1,
                        "another attempt uses another child key",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .provided("e1", "c1")
                                .unanswered(1)
                                .executed(2, "e2")
                                .provided("e2", "c2")));
    }

    private static Stream<Example> truth() {
        return Stream.of(
                Example.of(
                        G2,
                        "an acknowledged answer has no effect",
                        story -> story.sent(1).ran("e1", 1).answered(1, FIRST)),
                Example.of(
                        G2,
                        "a replay has no effect",
                        story -> story.sent(1).ran("e1", 1).unanswered(1).asked(2, REPLAY)),
                Example.of(
                        G2,
                        "a declined request has an effect",
                        story -> story.sent(1).ran("e1", 1).effect("e1").answered(1, story.declined("e1"))),
                Example.of(
                        G2,
                        "a declined request has an effect of another attempt",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .unanswered(1)
                                .sent(2)
                                .ran("e2", 2)
                                .answered(2, story.declined("e2"))),
                Example.of(
                        G2,
                        "a released request has an effect",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .answered(1, story.released("e1"))
                                .asked(2, REPLAY)),
                Example.of(
                        G2,
                        "a refused commit has an effect",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .answered(1, Reply.problem(503, "commit-refused"))
                                .asked(2, REPLAY)),
                Example.of(
                        G2,
                        "a reused key has an effect",
                        story -> story.sent(1, PAY_MORE)
                                .sent(2)
                                .ran("e2", 2)
                                .effect("e2")
                                .answered(2, Reply.keyReused())
                                .answered(1, Reply.inProgress())
                                .asked(3, Reply.replay(story.done("e2")))));
    }

    private static Stream<Example> memory() {
        return Stream.of(
                Example.of(
                        G2,
                        "an answer outlives its retention",
                        story -> story.executed(1, "e1").retentionOver().asked(2, REPLAY)),
                Example.of(
                        G2,
                        "an answered request is executed again",
                        story -> story.executed(1, "e1")
                                .sent(2)
                                .ran("e2", 2)
                                .answered(2, story.released("e2"))
                                .asked(3, REPLAY)));
    }

    private static Stream<Example> replays() {
        return Stream.of(
                Example.of(
                        G3,
                        "a replay has another content",
                        story -> story.executed(1, "e1").asked(2, Reply.withBody(REPLAY, REPLAY.body() + " "))),
                Example.of(
                        G3,
                        "a replay lacks a header",
                        story -> story.executed(1, "e1").asked(2, Reply.without(REPLAY, "content-type"))),
                Example.of(
                        G3,
                        "a replay has one header more",
                        story -> story.executed(1, "e1").asked(2, Reply.with(REPLAY, "link", "</help>"))),
                Example.of(
                        G3,
                        "a replay repeats a header",
                        story -> story.executed(1, "e1").asked(2, Reply.with(REPLAY, "etag", "\"e1\"", "\"e1\""))),
                Example.of(
                        G3,
                        "a replay repeats a header, and nobody saw the first answer",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .unanswered(1)
                                .asked(2, Reply.with(REPLAY, "etag", "\"e1\"", "\"e1\""))),
                Example.of(
                        G3,
                        "a replay repeats the header that is not compared",
                        story -> story.executed(1, "e1").asked(2, Reply.with(REPLAY, "content-length", "9", "9"))),
                Example.of(
                        G3,
                        "a replay has lost its content",
                        story -> story.executed(1, "e1").asked(2, Reply.withBody(REPLAY, ""))),
                Example.of(
                        G3,
                        "duplicates are declined by different executions",
                        story -> story.sent(1)
                                .sent(2)
                                .ran("e1", 1)
                                .answered(1, story.declined("e1"))
                                .ran("e2", 2)
                                .answered(2, story.declined("e2"))),
                Example.of(
                        G3,
                        "an answered request is abandoned",
                        new Expectations(true),
                        story -> story.executed(1, "e1").asked(2, Reply.problem(409, "outcome-unknown"))));
    }

    private static Stream<Example> markers() {
        return Stream.of(
                Example.of(
                        G3,
                        "a replay is not marked",
                        story -> story.executed(1, "e1").asked(2, FIRST)),
                Example.of(
                        G3,
                        "a replay is not marked, and nobody saw the first answer",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .unanswered(1)
                                .asked(2, FIRST)),
                Example.of(
                        G3,
                        "two answers are not marked, and nobody saw the execution",
                        story -> story.sent(1)
                                .asked(2, REPLAY)
                                .effect("e1")
                                .answered(1, FIRST)
                                .asked(3, FIRST)),
                Example.of(
                        G3,
                        "a first answer is marked",
                        story -> story.sent(1).ran("e1", 1).effect("e1").answered(1, REPLAY)),
                Example.of(
                        G3,
                        "a replay is marked twice",
                        story -> story.executed(1, "e1")
                                .asked(2, Reply.with(REPLAY, "idempotent-replayed", "true", "true"))),
                Example.of(
                        G3,
                        "a replay is marked as none",
                        story -> story.executed(1, "e1").asked(2, Reply.with(REPLAY, "idempotent-replayed", "false"))),
                Example.of(
                        G3,
                        "a cache may store a replay",
                        story -> story.executed(1, "e1").asked(2, Reply.without(REPLAY, "cache-control"))));
    }

    private static Stream<Example> requests() {
        return Stream.of(
                Example.of(
                        G4,
                        "another request gets the answer",
                        story -> story.executed(1, "e1").asked(2, PAY_MORE, REPLAY)),
                Example.of(
                        G4,
                        "another request gets the answer that was lost",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1")
                                .unanswered(1)
                                .asked(2, PAY_MORE, REPLAY)),
                Example.of(
                        G4,
                        "another request gets the error",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .answered(1, Reply.released("e1", "alice", PAY_MORE))
                                .executed(2, "e2")),
                Example.of(
                        G4,
                        "two requests are answered for good",
                        story -> story.sent(1)
                                .sent(2, PAY_MORE)
                                .ran("e1", 1)
                                .answered(1, story.declined("e1"))
                                .ran("e2", 2)
                                .answered(2, Reply.declined("e2", "alice", PAY_MORE))),
                Example.of(
                        G4,
                        "the effect is for another request",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .effect("e1", PAY_MORE)
                                .answered(1, FIRST)),
                Example.of(
                        G4,
                        "the effect is another request's, which was not answered",
                        story -> story.sent(1, PAY_MORE)
                                .ran("e1", 1)
                                .effect("e1", PAY_MORE)
                                .unanswered(1)
                                .sent(2)
                                .ran("e2", 2)
                                .answered(2, story.declined("e2"))),
                Example.of(
                        G4,
                        "a reused key is executed",
                        story -> story.executed(1, "e1")
                                .sent(2, PAY_MORE)
                                .ran("e2", 2)
                                .answered(2, Reply.problem(503, "store-unavailable"))
                                .asked(3, PAY_MORE, Reply.keyReused())));
    }

    private static Stream<Example> retries() {
        return Stream.of(
                Example.of(
                        G4,
                        "an only request is told that its key was reused",
                        story -> story.executed(1, "e1").asked(2, Reply.keyReused())),
                Example.of(
                        G4,
                        "a new request is told that its key was reused in another retention",
                        story -> story.executed(1, "e1").retentionOver().asked(2, PAY_MORE, Reply.keyReused())),
                Example.of(
                        G4,
                        "two requests are refused because of each other",
                        story -> story.sent(1)
                                .sent(2, PAY_MORE)
                                .answered(1, Reply.keyReused())
                                .answered(2, Reply.keyReused())),
                Example.of(
                        G4,
                        "an honest retry is refused after an attempt to reuse the key",
                        story -> story.executed(1, "e1")
                                .asked(2, PAY_MORE, Reply.problem(503, "store-unavailable"))
                                .asked(3, Reply.keyReused())));
    }

    private static Stream<Example> others() {
        return Stream.of(
                Example.of(
                        G5,
                        "an answer was made for somebody else",
                        story -> story.asked(1, Reply.replay(Reply.done("e9", "bob", PAY)))),
                Example.of(
                        G5,
                        "an answer was made for somebody else and for something else",
                        story -> story.asked(1, Reply.replay(Reply.done("e9", "bob", PAY_MORE)))),
                Example.of(
                        G5,
                        "an error was made for somebody else",
                        story ->
                                story.asked(1, Reply.released("e9", "bob", PAY)).executed(2, "e2")),
                Example.of(
                        G6,
                        "a key stays in progress",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .unanswered(1)
                                .asked(2, Reply.inProgress())
                                .asked(3, Reply.inProgress())),
                Example.of(
                        G6,
                        "a key stays unavailable",
                        story -> story.executed(1, "e1").asked(2, Reply.problem(503, "store-unavailable"))),
                Example.of(
                        G6,
                        "the last request gets no answer",
                        story -> story.executed(1, "e1").sent(2).unanswered(2)),
                Example.of(
                        G6,
                        "the last request never ends",
                        story -> story.executed(1, "e1").sent(2)),
                Example.of(
                        G6,
                        "a key stays in progress behind its answer",
                        story -> story.executed(1, "e1")
                                .asked(2, Reply.inProgress())
                                .replayed(3, "e1")),
                Example.of(
                        G6,
                        "a key stays in progress behind a request that nobody waits for, and that is over",
                        story -> story.executed(1, "e1")
                                .sent(2)
                                .unanswered(2)
                                .ended(2)
                                .asked(3, Reply.inProgress())
                                .replayed(4, "e1")),
                Example.of(
                        G7,
                        "handlers overlap",
                        story -> story.sent(1)
                                .sent(2)
                                .entered("e1", 1)
                                .entered("e2", 2)
                                .left("e1")
                                .left("e2")
                                .effect("e2")
                                .answered(1, Reply.problem(503, "claim-lost"))
                                .answered(2, story.done("e2"))),
                Example.of(
                        G7,
                        "a handler is overtaken before it loses its protection",
                        story -> story.sent(1)
                                .sent(2)
                                .entered("e1", 1)
                                .entered("e2", 2)
                                .unprotected("e1")
                                .left("e2")
                                .effect("e2")
                                .unanswered(1)
                                .answered(2, story.done("e2"))),
                Example.of(
                        G7,
                        "a handler overlaps one of the retention before",
                        story -> story.sent(1)
                                .entered("e1", 1)
                                .unanswered(1)
                                .retentionOver()
                                .executed(2, "e2")));
    }

    private static Stream<Example> wire() {
        return Stream.of(
                first("has no ETag", Reply.without(FIRST, "etag")),
                first("has no Location", Reply.without(FIRST, "location")),
                first("has a foreign Location", Reply.with(FIRST, "location", "/payments/e2")),
                first("repeats a header", Reply.with(FIRST, "location", "/payments/e1", "/payments/e1")),
                first("has a content of nobody", Reply.withBody(FIRST, "{}")),
                first("has no JSON", Reply.withBody(FIRST, "Hello")),
                Example.of(
                        WIRE,
                        "a released answer is marked",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .answered(1, Reply.with(story.released("e1"), "idempotent-replayed", "true"))
                                .executed(2, "e2")),
                Example.of(
                        WIRE,
                        "a released answer comes again",
                        story -> story.sent(1)
                                .ran("e1", 1)
                                .answered(1, story.released("e1"))
                                .asked(2, story.released("e1"))
                                .executed(3, "e3")));
    }

    private static Example first(String what, Answer answer) {
        return Example.of(
                WIRE,
                "a first answer " + what,
                story -> story.sent(1).ran("e1", 1).effect("e1").answered(1, answer));
    }

    private static Stream<Example> problems() {
        return Stream.of(
                passing("has a status of nobody", Reply.problem(404, "not-found")),
                passing(
                        "is the serialization failure itself",
                        Reply.withBody(Reply.problem(500, ""), "{\"sqlState\":\"40001\"}")),
                passing("says 500", Reply.problem(500, "rolled-back")),
                passing("says that the response is not kept", Reply.problem(409, "response-not-kept")),
                passing("says 503 without a reason", Reply.withBody(Reply.problem(503, ""), "")),
                passing("refuses a takeover where none is refused", Reply.problem(409, "outcome-unknown")),
                passing("is no problem document", Reply.with(Reply.inProgress(), "content-type", "application/json")),
                passing("does not ask for a retry", Reply.without(Reply.inProgress(), "retry-after")),
                passing("asks for a retry at once", Reply.with(Reply.inProgress(), "retry-after", "0")),
                passing(
                        "asks for a retry some day",
                        Reply.with(Reply.problem(503, "commit-refused"), "retry-after", "soon")),
                passing("is marked as a replay", Reply.with(Reply.inProgress(), "idempotent-replayed", "true")),
                passing("may be stored", Reply.without(Reply.problem(503, "outcome-unknown"), "cache-control")),
                passing("repeats a header", Reply.with(Reply.inProgress(), "link", "<a>", "<b>")));
    }

    private static Example passing(String what, Answer answer) {
        return Example.of(
                WIRE, "a problem " + what, story -> story.asked(1, answer).executed(2, "e2"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyBreachIsCaughtAsWhatItIs(Example example) {
        assertThat(example.violations(example.story().events()))
                .extracting(Violation::guarantee)
                .containsExactly(example.guarantee());
        assertThat(example.violations(example.story().events()))
                .extracting(Violation::what)
                .allMatch(what -> what.length() > 1 && what.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingCanBeTakenFromTheSmallestHistory(Example example) {
        Violation violation = example.violations(example.story().events()).get(0);
        Related related = new Related(violation.smallest());

        assertThat(example.violations(violation.smallest())).contains(violation);
        for (Part part : Related.parts(violation.smallest())) {
            List<Event> fewer = related.without(violation.smallest(), List.of(part));
            assertThat(example.violations(fewer))
                    .as("without %s", part)
                    .extracting(Violation::what)
                    .doesNotContain(violation.what());
        }
    }
}
