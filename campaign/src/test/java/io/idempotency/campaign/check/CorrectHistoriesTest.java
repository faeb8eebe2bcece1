package io.idempotency.campaign.check;

import static io.idempotency.campaign.check.Story.PAY_MORE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CorrectHistoriesTest {

    private static final Expectations REFUSES_TAKEOVER = new Expectations(true);

    private final Story story = Story.ofAlice();

    private void holds() {
        holds(new Expectations(false));
    }

    private void holds(Expectations expectations) {
        assertThat(new Checker(expectations).check(story.subject(), story.events()))
                .isEmpty();
    }

    @Test
    void nothingAtAllHolds() {
        holds();
    }

    @Test
    void firstAnswerAndItsReplaysHold() {
        story.executed(1, "e1").replayed(2, "e1").replayed(3, "e1");
        holds();
    }

    @Test
    void duplicateOfARunningRequestIsInProgress() {
        story.sent(1).entered("e1", 1).asked(2, Reply.inProgress()).left("e1").effect("e1");
        story.answered(1, story.done("e1")).replayed(3, "e1");
        holds();
    }

    @Test
    void nodeOnWhichARequestStillHangsCannotKnowTheAnswer() {
        story.executed(1, "e1")
                .sent(2)
                .unanswered(2)
                .asked(3, Reply.inProgress())
                .ended(2)
                .replayed(4, "e1");
        holds();
    }

    @Test
    void lostAnswerIsReplayed() {
        story.sent(1).ran("e1", 1).effect("e1").unanswered(1).replayed(2, "e1");
        holds();
    }

    @Test
    void crashBeforeTheCommitIsExecutedAgain() {
        story.sent(1).ran("e1", 1).unanswered(1).executed(2, "e2").replayed(3, "e2");
        holds();
    }

    @Test
    void declinedRequestIsReplayedWithoutAnEffect() {
        story.sent(1).ran("e1", 1).answered(1, story.declined("e1"));
        story.asked(2, Reply.replay(story.declined("e1")));
        holds();
    }

    @Test
    void releasedRequestIsExecutedAgain() {
        story.sent(1).ran("e1", 1).answered(1, story.released("e1")).executed(2, "e2");
        holds();
    }

    @Test
    void refusalsThatPassHoldUntilTheAnswer() {
        story.asked(1, Reply.problem(503, "store-unavailable"));
        story.sent(2).ran("e2", 2).answered(2, Reply.problem(503, "commit-refused"));
        story.sent(3).ran("e3", 3).answered(3, Reply.problem(503, "claim-lost"));
        story.sent(4).ran("e4", 4).effect("e4").answered(4, Reply.problem(503, "outcome-unknown"));
        story.replayed(5, "e4");
        holds();
    }

    @Test
    void reusedKeyIsRefusedAndTheHonestRetryReplayed() {
        story.executed(1, "e1").asked(2, PAY_MORE, Reply.keyReused()).replayed(3, "e1");
        holds();
    }

    /** A lease refuses what contradicts it, and may be given up afterwards. */
    @Test
    void requestRefusedUnderAnothersLeaseMayWinLater() {
        story.sent(1, PAY_MORE).entered("e1", 1).asked(2, Reply.keyReused()).left("e1");
        story.answered(1, Reply.released("e1", "alice", PAY_MORE)).executed(3, "e3");
        story.asked(4, PAY_MORE, Reply.keyReused());
        holds();
    }

    @Test
    void unprotectedHandlerMayBeOvertaken() {
        story.sent(1).entered("e1", 1).unprotected("e1").executed(2, "e2");
        story.left("e1").answered(1, Reply.problem(503, "claim-lost"));
        story.replayed(3, "e2");
        holds();
    }

    @Test
    void retentionThatIsOverFreesTheKeyForAnythingElse() {
        story.executed(1, "e1").retentionOver();
        story.sent(2, PAY_MORE)
                .ran("e2", 2)
                .effect("e2", PAY_MORE)
                .answered(2, story.done("e2", PAY_MORE))
                .asked(3, Reply.keyReused());
        holds();
    }

    @Test
    void requestMayBeDeclinedThatTookEffectARetentionAgo() {
        story.executed(1, "e1").retentionOver();
        story.sent(2).ran("e2", 2).answered(2, story.declined("e2"));
        holds();
    }

    @Test
    void replayMayArriveBeforeTheFirstAnswer() {
        story.sent(1).ran("e1", 1).effect("e1").replayed(2, "e1");
        story.answered(1, story.done("e1")).replayed(3, "e1");
        holds();
    }

    @Test
    void unknownOutcomeSettlesWhereNobodyTakesOver() {
        story.sent(1).ran("e1", 1).unanswered(1).asked(2, Reply.problem(409, "outcome-unknown"));
        holds(REFUSES_TAKEOVER);
    }

    @Test
    void ownerWhoseLeaseRanOutMayStillComplete() {
        story.sent(1).entered("e1", 1).unprotected("e1");
        story.asked(2, Reply.problem(409, "outcome-unknown"));
        story.left("e1").effect("e1").answered(1, story.done("e1")).replayed(3, "e1");
        holds(REFUSES_TAKEOVER);
    }

    @Test
    void childKeyStaysTheSameOverAttempts() {
        story.sent(1).entered("e1", 1).provided("e1", "c").left("e1").unanswered(1);
        story.sent(2).entered("e2", 2).provided("e2", "c").left("e2").effect("e2");
        story.answered(2, story.done("e2"));
        holds();
    }
}
