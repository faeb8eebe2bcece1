package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;
import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Event.Ended;
import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.Left;
import io.idempotency.campaign.history.Event.Provided;
import io.idempotency.campaign.history.Event.Sent;
import io.idempotency.campaign.history.Event.Unanswered;
import io.idempotency.campaign.history.Event.Unprotected;
import io.idempotency.campaign.history.Subject;
import java.util.ArrayList;
import java.util.List;

/** A history that is told event by event; effects are put behind everything else. */
final class Story {

    /** What is asked for, if nothing else is. */
    static final String PAY = "{\"amount\":\"1\\\"0\"}";

    static final String PAY_MORE = "{\"amount\":\"20\"}";

    private final Subject subject;
    private final List<Event> events = new ArrayList<>();
    private final List<Event> effects = new ArrayList<>();
    private int generation = 1;
    private long at;

    private Story(Subject subject) {
        this.subject = subject;
    }

    static Story ofAlice() {
        return new Story(new Subject("alice", "k1"));
    }

    static Story of(String principal, String key) {
        return new Story(new Subject(principal, key));
    }

    Subject subject() {
        return subject;
    }

    List<Event> events() {
        List<Event> all = new ArrayList<>(events);
        all.addAll(effects);
        return all;
    }

    private Story add(Event event) {
        events.add(event);
        return this;
    }

    Story sent(long request, String body) {
        return add(new Sent(++at, request, "node-1", body, generation));
    }

    Story sent(long request) {
        return sent(request, PAY);
    }

    Story answered(long request, Answer answer) {
        return add(new Answered(++at, request, answer));
    }

    Story unanswered(long request) {
        return add(new Unanswered(++at, request, "connection reset"));
    }

    Story ended(long request) {
        return add(new Ended(++at, request));
    }

    Story entered(String execution, long request) {
        return add(new Entered(++at, execution, "node-1", request));
    }

    Story left(String execution) {
        return add(new Left(++at, execution));
    }

    Story ran(String execution, long request) {
        return entered(execution, request).left(execution);
    }

    Story unprotected(String execution) {
        return add(new Unprotected(++at, execution, "lease over"));
    }

    Story provided(String execution, String childKey) {
        return add(new Provided(++at, execution, childKey));
    }

    Story effect(String execution, String body) {
        effects.add(new Committed(1_000_000 + ++at, execution, body, generation));
        return this;
    }

    Story effect(String execution) {
        return effect(execution, PAY);
    }

    Story retentionOver() {
        generation++;
        return this;
    }

    Answer done(String execution, String body) {
        return Reply.done(execution, subject.principal(), body);
    }

    Answer done(String execution) {
        return done(execution, PAY);
    }

    Answer declined(String execution) {
        return Reply.declined(execution, subject.principal(), PAY);
    }

    Answer released(String execution) {
        return Reply.released(execution, subject.principal(), PAY);
    }

    /** Sent, executed, committed, answered. */
    Story executed(long request, String execution) {
        return sent(request).ran(execution, request).effect(execution).answered(request, done(execution));
    }

    /** Sent, and answered with what an execution of the same request had answered. */
    Story replayed(long request, String execution) {
        return sent(request).answered(request, Reply.replay(done(execution)));
    }

    /** Sent and answered, with nothing in between. */
    Story asked(long request, Answer answer) {
        return sent(request).answered(request, answer);
    }

    Story asked(long request, String body, Answer answer) {
        return sent(request, body).answered(request, answer);
    }
}
