package io.idempotency.campaign.check;

import static io.idempotency.campaign.check.Story.PAY_MORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.OfExecution;
import io.idempotency.campaign.history.Event.Provided;
import io.idempotency.campaign.history.Event.Sent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SmallestTest {

    private static final int MANY = 400;

    private final Story story = Story.ofAlice();

    private Violation violation() {
        List<Violation> violations = new Checker(new Expectations(false)).check(story.subject(), story.events());
        assertThat(violations).hasSize(1);
        return violations.get(0);
    }

    private List<Long> requests(Violation violation) {
        return violation.smallest().stream()
                .filter(Sent.class::isInstance)
                .map(event -> ((Sent) event).request())
                .toList();
    }

    @Test
    void otherRetentionsAndRetriesAreLeftOut() {
        story.executed(1, "e1")
                .replayed(2, "e1")
                .asked(3, PAY_MORE, Reply.keyReused())
                .retentionOver();
        story.asked(4, Reply.inProgress()).sent(5).ran("e5", 5).answered(5, story.done("e5"));
        story.asked(6, Reply.replay(story.done("e5"))).retentionOver().executed(7, "e7");

        Violation violation = violation();

        assertThat(violation.guarantee()).isEqualTo(Guarantee.G2);
        assertThat(requests(violation)).containsExactly(5L);
        assertThat(violation.smallest()).hasSize(4);
    }

    @Test
    void whatMakesAnAnswerHonestIsNotTakenAway() {
        story.executed(1, "e1").asked(2, PAY_MORE, Reply.keyReused());
        story.retentionOver().asked(3, Reply.inProgress()).asked(4, Reply.keyReused());

        Violation violation = violation();

        assertThat(violation.what()).startsWith("Request 4 ");
        assertThat(requests(violation)).containsExactly(4L);
    }

    @Test
    void stormOnOneKeyShrinksToTheTwoThatDisagree() {
        story.executed(1, "e1");
        for (long request = 2; request < MANY; request++) {
            story.replayed(request, "e1");
        }
        story.asked(MANY, Reply.without(Reply.replay(story.done("e1")), "etag"));
        for (long request = MANY + 1; request < 2 * MANY; request++) {
            story.replayed(request, "e1");
        }

        Violation violation = violation();

        assertThat(violation.guarantee()).isEqualTo(Guarantee.G3);
        assertThat(requests(violation)).containsExactly(1L, (long) MANY);
        assertThat(violation.smallest()).hasSize(7);
    }

    @Test
    void sameHistoryShrinksInTheSameWay() {
        story.sent(1).sent(2).sent(3).ran("e1", 1).ran("e2", 2).ran("e3", 3);
        story.effect("e1").effect("e2").effect("e3");
        story.unanswered(1).unanswered(2).answered(3, story.done("e3"));

        assertThat(violation()).isEqualTo(violation());
        assertThat(requests(violation())).containsExactly(1L, 2L);
    }

    @Test
    void onlyTheQuestionsThatDifferAreLeft() {
        story.sent(1)
                .entered("e1", 1)
                .provided("e1", "c1")
                .provided("e1", "c1")
                .left("e1")
                .unanswered(1);
        story.sent(2)
                .entered("e2", 2)
                .provided("e2", "c1")
                .provided("e2", "c2")
                .left("e2")
                .effect("e2");
        story.answered(2, story.done("e2"));

        assertThat(violation().smallest())
                .filteredOn(Provided.class::isInstance)
                .hasSize(2);
    }

    @Test
    void earliestOfManyIsLeft() {
        story.replayed(1, "e1").replayed(2, "e1").replayed(3, "e1");

        assertThat(Smallest.of(story.events(), events -> !events.isEmpty()))
                .isEqualTo(story.events().subList(0, 2));
    }

    @Test
    void searchEndsOnAHistoryOfWhichNothingCanBeMissed() {
        for (long request = 1; request < 10 * MANY; request++) {
            story.replayed(request, "e1");
        }
        List<Event> all = story.events();
        AtomicInteger trials = new AtomicInteger();

        List<Event> smallest = Smallest.of(all, events -> {
            trials.incrementAndGet();
            return events.size() == all.size();
        });

        assertThat(smallest).isEqualTo(all);
        assertThat(trials).hasValue(2_000);
    }

    @Test
    void executionGoesWithAllThatHappenedToIt() {
        story.sent(1).entered("e1", 1).provided("e1", "c").unprotected("e1").unanswered(1);
        story.sent(2)
                .entered("e2", 2)
                .provided("e2", "c")
                .unprotected("e2")
                .left("e2")
                .left("e1");
        story.unanswered(2).effect("e2");
        Related related = new Related(story.events());

        List<Event> left = related.without(story.events(), List.of(new Related.Part.Execution("e2")));

        assertThat(left).hasSize(8).filteredOn(OfExecution.class::isInstance).hasSize(4);
        assertThat(left)
                .filteredOn(event ->
                        event instanceof OfExecution named && named.execution().equals("e2"))
                .isEmpty();
    }

    @Test
    void historyOfASettledKeyIsWholeWithoutAnyOfItsParts() {
        story.executed(1, "e1").replayed(2, "e1").replayed(3, "e1");
        Related related = new Related(story.events());

        List<Event> withoutExecution = related.without(story.events(), List.of(new Related.Part.Execution("e1")));
        List<Event> withoutFirst = related.without(story.events(), List.of(new Related.Part.Request(1)));
        List<Event> withoutSecond = related.without(story.events(), List.of(new Related.Part.Request(2)));

        assertThat(withoutExecution).isEmpty();
        assertThat(withoutFirst).isEmpty();
        assertThat(withoutSecond).hasSize(7).noneMatch(event -> event instanceof Answered a && a.request() == 2);
    }
}
