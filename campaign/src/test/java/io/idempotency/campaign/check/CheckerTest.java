package io.idempotency.campaign.check;

import static io.idempotency.campaign.check.Story.PAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.idempotency.campaign.history.Answer;
import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {

    private final Checker checker = new Checker(new Expectations(false));

    private static Map<Subject, List<Event>> history(Story... stories) {
        Map<Subject, List<Event>> history = new LinkedHashMap<>();
        for (Story story : stories) {
            history.put(story.subject(), story.events());
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 302})
    void successThatNamesNoExecutionIsAcknowledgedAllTheSame(int status) {
        Story story = Story.ofAlice().sent(1).ran("e1", 1).answered(1, new Answer(status, Map.of(), ""));

        assertThat(checker.check(story.subject(), story.events()))
                .extracting(Violation::guarantee)
                .contains(Guarantee.G2);
    }

    @Test
    void subjectsThatKeepApartHold() {
        Story alice = Story.of("alice", "k").executed(1, "e1").replayed(2, "e1");
        Story bob = Story.of("bob", "k").executed(3, "e3");

        assertThat(checker.judge(history(alice, bob)).violations()).isEmpty();
    }

    @Test
    void answerOfAnotherKeyIsFoundThoughThePrincipalIsTheSame() {
        Story other = Story.of("alice", "k2").asked(3, Reply.inProgress()).sent(2);
        other.answered(2, Reply.declined("e1", "alice", PAY));
        Story one = Story.of("alice", "k1")
                .executed(4, "e4")
                .retentionOver()
                .sent(1)
                .ran("e1", 1);
        one.answered(1, one.declined("e1"));

        assertThat(checker.judge(history(other, one)).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.guarantee()).isEqualTo(Guarantee.G5);
                    assertThat(violation.subject()).isEqualTo(other.subject());
                    assertThat(violation.what())
                            .isEqualTo("Execution e1 belongs to alice/k1, and alice/k2 knows of it.");
                    assertThat(violation.smallest())
                            .extracting(event -> event.getClass().getSimpleName())
                            .containsExactly("Entered", "Sent", "Answered");
                    assertThat(violation.smallest().get(0))
                            .hasToString(one.events().get(5).toString());
                    assertThat(violation.smallest().subList(1, 3))
                            .isEqualTo(other.events().subList(2, 4));
                });
    }

    @Test
    void answerOfNobodyBelongsToWhoeverGotItFirst() {
        Story one = Story.of("alice", "k1").sent(1);
        one.answered(1, one.declined("e1"));
        Story other = Story.of("alice", "k2").sent(2);
        other.answered(2, other.declined("e1"));

        assertThat(checker.judge(history(one, other)).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.subject()).isEqualTo(other.subject());
                    assertThat(violation.smallest())
                            .containsExactly(
                                    one.events().get(1),
                                    other.events().get(0),
                                    other.events().get(1));
                });
    }

    @Test
    void trespassIsLookedForWhereSomethingElseIsBroken() {
        Story one = Story.of("alice", "k1").executed(1, "e1");
        Story other = Story.of("alice", "k2").asked(2, Reply.replay(one.done("e1")));

        assertThat(checker.judge(history(one, other)).violations())
                .extracting(Violation::guarantee)
                .containsExactly(Guarantee.G2, Guarantee.G5);
    }

    @Test
    void verdictOnACorrectRunShowsNoHistory() {
        Verdict verdict = checker.judge(history(Story.ofAlice().executed(1, "e1")));

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.toString()).contains("WIRE  held").doesNotContain("broken", "alice");
    }

    @Test
    void verdictShowsSomeOfManyViolationsOfEachGuarantee() {
        Map<Subject, List<Event>> history = new LinkedHashMap<>();
        for (int key = 0; key < 5; key++) {
            history.putAll(history(Story.of("alice", "stuck" + key).asked(key, Reply.inProgress())));
            Story lost = Story.of("alice", "lost" + key).sent(key);
            history.putAll(history(lost.answered(key, lost.done("e" + key))));
        }

        Verdict verdict = checker.judge(history);

        assertThat(verdict.counts()).containsExactly(entry(Guarantee.G2, 5), entry(Guarantee.G6, 5));
        assertThat(verdict.toString())
                .contains("G2 of alice/lost0", "G2 of alice/lost2", "G6 of alice/stuck0", "G6 of alice/stuck2")
                .doesNotContain("lost3", "stuck3");
    }

    @Test
    void effectUnderTwoSubjectsIsFound() {
        Story one = Story.of("alice", "k1").executed(1, "e1");
        Story other = Story.of("bob", "k1").executed(2, "e2").retentionOver().effect("e1");

        assertThat(checker.judge(history(one, other)).violations())
                .extracting(Violation::guarantee)
                .containsExactly(Guarantee.G5);
    }

    @Test
    void answerMadeForAnotherIsReportedOnce() {
        Story alice = Story.of("alice", "k").executed(1, "e1");
        Story bob = Story.of("bob", "k").asked(2, Reply.replay(alice.done("e1")));

        assertThat(checker.judge(history(alice, bob)).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.guarantee()).isEqualTo(Guarantee.G5);
                    assertThat(violation.what())
                            .isEqualTo(
                                    "Request 2 of bob was answered 201 replayed by execution e1, which was made for alice.");
                });
    }

    @Test
    void everySubjectIsJudgedByWhatItsEndpointPromises() {
        Story refusing = Story.of("alice", "refusing").asked(1, Reply.problem(409, "outcome-unknown"));
        Story executing = Story.of("alice", "executing").asked(2, Reply.problem(409, "outcome-unknown"));
        Checker both = new Checker(subject -> new Expectations(subject.key().equals("refusing")));

        assertThat(both.judge(history(refusing, executing)).violations())
                .extracting(Violation::subject, Violation::guarantee)
                .containsExactly(tuple(executing.subject(), Guarantee.G6), tuple(executing.subject(), Guarantee.WIRE));
    }

    @Test
    void impossibleHistoryIsRefusedByName() {
        Story twice = Story.ofAlice().executed(1, "e1");
        twice.answered(1, twice.done("e1"));

        assertThatThrownBy(() -> checker.check(twice.subject(), twice.events()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alice/k1")
                .hasMessageContaining("request 1 is answered 201");
    }

    @Test
    void violationIsShownLineByLine() {
        Story story = Story.ofAlice().sent(1).ran("e1", 1);
        story.answered(1, story.done("e1"));

        assertThat(checker.check(story.subject(), story.events()))
                .singleElement()
                .asString()
                .isEqualTo("""
                G2 of alice/k1: Every acknowledged answer has its effect and its record, and a refused request has no effect.
                Request 1 was answered 201 executed by execution e1, which has no effect in generation 1.
                         1  request 1 to node-1 asks for {"amount":"1\\"0"} (generation 1)
                         2  execution e1 starts on node-1 for request 1
                         3  execution e1 is over
                         4  request 1 is answered 201 {content-type=[application/json], date=[today], etag=["e1"], \
                location=[/payments/e1]} {"execution":"e1","principal":"alice","request":"{\\"amount\\":\\"1\\\\\\"0\\"}"}""");
    }

    @Test
    void verdictCountsWhatWasLookedAt() {
        Story alice = Story.of("alice", "k").executed(1, "e1").replayed(2, "e1").replayed(3, "e1");
        alice.retentionOver()
                .sent(4)
                .entered("e4", 4)
                .provided("e4", "c")
                .unprotected("e4")
                .left("e4");
        alice.unanswered(4).executed(5, "e5");
        Story bob = Story.of("bob", "k").asked(6, Reply.inProgress()).sent(7).ran("e7", 7);
        bob.answered(7, bob.done("e7"));

        Verdict verdict = checker.judge(history(alice, bob));

        Tally tally = verdict.tally();
        assertThat(tally.answers())
                .containsExactly(
                        entry("201 executed", 3L), entry("201 replayed", 2L), entry("409 request-in-progress", 1L));
        assertThat(tally)
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(new Tally(2, 3, 7, 1, tally.answers(), 4, 1, 1, 2));
        assertThat(tally.plus(tally).requests()).isEqualTo(14);
        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.counts()).containsExactly(entry(Guarantee.G2, 1));
        assertThat(verdict.toString())
                .contains("2 keys in 3 generations, 7 requests, 1 without an answer")
                .contains("4 executions, 1 lost their protection, 1 questions to another system, 2 effects")
                .contains("3  201 executed")
                .contains("G1    held (At most one")
                .contains("G2    broken by 1 of the keys (Every acknowledged")
                .contains("G2 of bob/k");
    }
}
