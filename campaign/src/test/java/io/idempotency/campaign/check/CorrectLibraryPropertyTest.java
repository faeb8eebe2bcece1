package io.idempotency.campaign.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.campaign.check.CorrectLibrary.Mode;
import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CorrectLibraryPropertyTest {

    private static final int RANGE = 10_000;

    private static Expectations of(Mode mode) {
        return new Expectations(mode == Mode.REFUSES_TAKEOVER);
    }

    private static List<Violation> judge(Mode mode, List<Event> events) {
        return new Checker(of(mode)).check(Story.ofAlice().subject(), events);
    }

    @Property
    void whateverACorrectLibraryDoesHolds(
            @ForAll Mode mode, @ForAll @Size(max = 200) List<@IntRange(max = RANGE) Integer> choices) {
        Story story = CorrectLibrary.play(mode, new Choices(choices), Story.ofAlice());

        assertThat(judge(mode, story.events())).isEmpty();
    }

    @Property
    void effectThatIsMissingBehindAnAnswerIsFound(
            @ForAll Mode mode, @ForAll @Size(max = 60) List<@IntRange(max = RANGE) Integer> choices) {
        List<Event> events =
                CorrectLibrary.play(mode, new Choices(choices), Story.ofAlice()).events();
        String acknowledged = events.stream()
                .filter(Answered.class::isInstance)
                .map(event -> AnswerReader.read(((Answered) event).answer()))
                .filter(said -> said.kind() == Kind.DONE)
                .map(Said::execution)
                .findFirst()
                .orElse("");
        Assume.that(!acknowledged.isEmpty());
        List<Event> damaged = events.stream()
                .filter(event -> !(event instanceof Committed effect
                        && effect.execution().equals(acknowledged)))
                .toList();

        assertThat(judge(mode, damaged)).extracting(Violation::guarantee).containsExactly(Guarantee.G2);
    }

    @Property
    void effectThatIsThereTwiceIsFound(
            @ForAll Mode mode, @ForAll @Size(max = 60) List<@IntRange(max = RANGE) Integer> choices) {
        List<Event> events =
                CorrectLibrary.play(mode, new Choices(choices), Story.ofAlice()).events();
        Assume.that(events.get(events.size() - 1) instanceof Committed);
        List<Event> damaged = new ArrayList<>(events);
        damaged.add(events.get(events.size() - 1));

        assertThat(judge(mode, damaged)).extracting(Violation::guarantee).containsExactly(Guarantee.G1);
    }

    /** A model that never meets a fault would prove nothing. */
    @Example
    void modelMeetsEverythingThatCanHappen() {
        Random random = new Random(5);
        Map<Subject, List<Event>> history = new LinkedHashMap<>();
        for (int key = 0; key < 1000; key++) {
            List<Integer> choices = random.ints(100, 0, RANGE).boxed().collect(Collectors.toList());
            Mode mode = Mode.values()[key % 3];
            Story story = CorrectLibrary.play(mode, new Choices(choices), Story.of(mode.name(), "k" + key));
            history.put(story.subject(), story.events());
        }
        Checker checker = new Checker(subject -> of(Mode.valueOf(subject.principal())));

        Verdict verdict = checker.judge(history);

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.tally().answers())
                .containsKeys(
                        "201 executed",
                        "201 replayed",
                        "402 declined",
                        "402 declined, replayed",
                        "409 outcome-unknown",
                        "409 request-in-progress",
                        "422 key-reused",
                        "500 released",
                        "503 claim-lost",
                        "503 commit-refused",
                        "503 outcome-unknown",
                        "503 store-unavailable");
        assertThat(verdict.tally().unprotected()).isPositive();
        assertThat(verdict.tally().generations()).isGreaterThan(verdict.tally().subjects());
    }
}
