package io.idempotency.servlet;

import io.idempotency.core.ExecutionOutcome;
import io.idempotency.core.ExecutionOutcome.Abandoned;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestOutcome;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;

/** The one answer that a guarded request is given. */
final class Answer {

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private static final String ROLLED_BACK =
            "{} answered success for key {} over a transaction that was marked rollback-only, so that nothing took effect and 500 was"
                    + " answered. An exception of an inner @Transactional was caught, but its mark stays. Ways out: let the exception"
                    + " through, declare noRollbackFor, or use Propagation.NESTED or REQUIRES_NEW for the part that may fail.";

    private static final String ABANDONED =
            "An attempt of {} for key {} ended unsettled: its node died, or was cut off from the database. What took effect of it is"
                    + " unknown, and retries are refused until the key is resolved or its retention is over.";

    private final Answers answers;
    private final GuardedRequest guarded;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Answer(Answers answers, GuardedRequest guarded, HttpServletRequest request, HttpServletResponse response) {
        this.answers = answers;
        this.guarded = guarded;
        this.request = request;
        this.response = response;
    }

    /** Answers without having run the handler, or after everything that it did was taken back. */
    void problem(RequestOutcome outcome, Problem problem, Object... arguments) throws IOException {
        answers.listener().requestDecided(outcome, guarded.template());
        if (canBeAnswered()) {
            answers.problems().write(response, problem, arguments);
        }
    }

    /** The container answers by itself where a body breaks off while it is read. */
    private boolean canBeAnswered() throws IOException {
        return !response.isCommitted() && CrossOrigin.allows(guarded.chain(), request, response);
    }

    /** Whether an answer of the handler would be kept. */
    boolean keeps(StoredResponse response) {
        return guarded.endpoint().outcomes().isKept(response.status());
    }

    /** Counts a request whose answer is not the library's. */
    void released() {
        answers.listener().requestDecided(RequestOutcome.RELEASED, guarded.template());
    }

    /** Sends an answer that is not kept. */
    void send(HeldResponse held) throws IOException {
        send(RequestOutcome.RELEASED, held);
    }

    void give(ExecutionOutcome outcome, RecordKey key, HeldResponse held) throws IOException {
        if (outcome instanceof Executed) {
            send(RequestOutcome.EXECUTED, held);
        } else if (outcome instanceof Released) {
            send(RequestOutcome.RELEASED, held);
        } else {
            if (!response.isCommitted()) {
                held.discard();
            }
            if (outcome instanceof Replayed replayed) {
                replay(replayed);
            } else {
                refuse(outcome, key);
            }
        }
    }

    private void send(RequestOutcome outcome, HeldResponse held) throws IOException {
        answers.listener().requestDecided(outcome, guarded.template());
        held.send();
    }

    private void replay(Replayed replayed) throws IOException {
        answers.authorization().check((HandlerMethod) guarded.chain().getHandler());
        answers.listener().requestDecided(RequestOutcome.REPLAYED, guarded.template());
        answers.listener().responseReplayed(replayed.age());
        if (canBeAnswered()) {
            answers.replays().write(response, replayed.response());
        }
    }

    private void refuse(ExecutionOutcome outcome, RecordKey key) throws IOException {
        String handler = HandlerNames.of(guarded.endpoint().handler());
        if (outcome instanceof InProgress) {
            problem(RequestOutcome.IN_PROGRESS, Problem.REQUEST_IN_PROGRESS);
        } else if (outcome instanceof KeyReused) {
            problem(RequestOutcome.KEY_REUSED, Problem.KEY_REUSED);
        } else if (outcome instanceof ResponseNotKept) {
            problem(RequestOutcome.RESPONSE_NOT_KEPT, Problem.RESPONSE_NOT_KEPT);
        } else if (outcome instanceof Abandoned) {
            LOG.warn(ABANDONED, handler, key.id());
            problem(RequestOutcome.OUTCOME_UNKNOWN, Problem.OUTCOME_UNKNOWN_FOR_GOOD);
        } else if (outcome instanceof RolledBack) {
            LOG.error(ROLLED_BACK, handler, key);
            problem(RequestOutcome.ROLLED_BACK, Problem.ROLLED_BACK);
        } else if (outcome instanceof CommitRefused refused) {
            log("The commit of {} for key {} was refused; it had no effect: {}", handler, key, refused.cause());
            problem(
                    RequestOutcome.COMMIT_REFUSED,
                    refused.retryable() ? Problem.COMMIT_REFUSED : Problem.COMMIT_REFUSED_FOR_GOOD);
        } else if (outcome instanceof OutcomeUnknown unknown) {
            log("Whether {} for key {} was committed cannot be found out now: {}", handler, key, unknown.cause());
            problem(RequestOutcome.OUTCOME_UNKNOWN, Problem.OUTCOME_UNKNOWN);
        } else if (outcome instanceof ClaimLost lost) {
            log("{} lost its claim on key {}; its answer is not kept: {}", handler, key, lost.cause());
            problem(RequestOutcome.CLAIM_LOST, Problem.CLAIM_LOST);
        } else if (outcome instanceof StoreUnavailable unavailable) {
            log("{} for key {} had no effect, because the store does not work: {}", handler, key, unavailable.cause());
            problem(RequestOutcome.STORE_UNAVAILABLE, Problem.STORE_UNAVAILABLE);
        }
    }

    /** A database quotes the values that it refuses, which came in a body: they are told at DEBUG alone. */
    private static void log(String sentence, String handler, RecordKey key, Throwable cause) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(sentence, handler, key, cause.getMessage(), cause);
        } else {
            LOG.error(sentence, handler, key, Causes.withoutValues(cause));
        }
    }
}
