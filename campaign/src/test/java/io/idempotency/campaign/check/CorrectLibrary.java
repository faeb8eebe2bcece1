package io.idempotency.campaign.check;

import static io.idempotency.campaign.check.Story.PAY;
import static io.idempotency.campaign.check.Story.PAY_MORE;

import io.idempotency.campaign.history.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model of a library that keeps every guarantee, under clients that repeat themselves and nodes that die; tells what they see. */
final class CorrectLibrary {

    private static final int MOST_AT_ONCE = 6;
    private static final int SWEEPS = 20;

    /** How an endpoint executes. */
    enum Mode {
        TRANSACTIONAL,
        TAKES_OVER,
        REFUSES_TAKEOVER
    }

    /** An answer that is kept, with what it answers. */
    private record Kept(String body, Answer answer) {}

    /** A request on its way. */
    private static final class Call {
        final long request;
        final String body;

        @Nullable
        String execution;

        @Nullable
        Answer answer;

        boolean isOver;

        Call(long request, String body) {
            this.request = request;
            this.body = body;
        }
    }

    private final Mode mode;
    private final Choices choices;
    private final Story story;
    private final List<Call> calls = new ArrayList<>();
    private long requests;

    /** What the record says. */
    private @Nullable Kept kept;

    /** Who may complete, and whether others have to wait for it. */
    private @Nullable Call owner;

    private boolean isProtected;

    private CorrectLibrary(Mode mode, Choices choices, Story story) {
        this.mode = mode;
        this.choices = choices;
        this.story = story;
    }

    /** Plays one key to its end. */
    static Story play(Mode mode, Choices choices, Story story) {
        CorrectLibrary library = new CorrectLibrary(mode, choices, story);
        while (choices.areLeft()) {
            library.happen();
        }
        while (!library.calls.isEmpty()) {
            library.advance(library.calls.get(0));
        }
        library.sweep();
        return story;
    }

    private void happen() {
        int what = choices.of(10);
        if (what == 9 && calls.isEmpty() && kept != null) {
            kept = null;
            story.retentionOver();
        } else if (what < 3 && calls.size() < MOST_AT_ONCE) {
            send(choices.of(4) == 3 ? PAY_MORE : PAY);
        } else if (!calls.isEmpty()) {
            advance(choices.of(calls));
        }
    }

    /** Asks until there is an answer for good, as a client that was told to come back. */
    private void sweep() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            Call call = send(PAY);
            Answer answer = null;
            while (!call.isOver) {
                answer = call.answer;
                advance(call);
            }
            if (answer != null && answer.status() < 500 && !answer.code().equals("request-in-progress")) {
                return;
            }
        }
        throw new IllegalStateException("The model never settles.");
    }

    private Call send(String body) {
        Call call = new Call(++requests, body);
        calls.add(call);
        story.sent(call.request, body);
        return call;
    }

    private void advance(Call call) {
        if (call.answer != null) {
            deliver(call, call.answer);
        } else if (call.execution != null) {
            handle(call, call.execution);
        } else {
            decide(call);
        }
    }

    private void deliver(Call call, Answer answer) {
        if (choices.of(5) == 4) {
            story.unanswered(call.request);
        } else {
            story.answered(call.request, answer);
        }
        over(call);
    }

    private void over(Call call) {
        call.isOver = true;
        calls.remove(call);
    }

    private void decide(Call call) {
        if (choices.of(12) == 11) {
            call.answer = Reply.problem(503, "store-unavailable");
        } else if (kept != null) {
            call.answer = kept.body().equals(call.body) ? Reply.replay(kept.answer()) : Reply.keyReused();
        } else if (owner == null) {
            execute(call);
        } else if (mode != Mode.TRANSACTIONAL && !owner.body.equals(call.body)) {
            call.answer = Reply.keyReused();
        } else if (isProtected) {
            call.answer = Reply.inProgress();
        } else if (mode == Mode.REFUSES_TAKEOVER) {
            call.answer = Reply.problem(409, "outcome-unknown");
        } else {
            execute(call);
        }
    }

    private void execute(Call call) {
        String execution = story.subject().key() + "-e" + call.request;
        call.execution = execution;
        owner = call;
        isProtected = true;
        story.entered(execution, call.request);
        if (mode != Mode.TRANSACTIONAL) {
            story.provided(execution, "child of " + story.subject().key());
        }
    }

    private void handle(Call call, String execution) {
        if (owner != call) {
            story.left(execution);
            call.answer = Reply.problem(503, "claim-lost");
            return;
        }
        switch (choices.of(10)) {
            case 1 ->
                finish(
                        call,
                        execution,
                        Reply.declined(execution, story.subject().principal(), call.body));
            case 2 ->
                giveUp(
                        call,
                        execution,
                        Reply.released(execution, story.subject().principal(), call.body));
            case 3 -> giveUp(call, execution, Reply.problem(503, "commit-refused"));
            case 4 -> giveUp(call, execution, Reply.problem(503, "outcome-unknown"));
            case 5 -> {
                complete(call, execution);
                call.answer = Reply.problem(503, "outcome-unknown");
            }
            case 6 -> crash(call, execution);
            case 7 -> {
                complete(call, execution);
                story.unanswered(call.request);
                over(call);
            }
            case 8 -> unprotect(execution);
            default -> complete(call, execution);
        }
    }

    private void complete(Call call, String execution) {
        story.effect(execution, call.body);
        finish(call, execution, story.done(execution, call.body));
    }

    private void finish(Call call, String execution, Answer answer) {
        story.left(execution);
        kept = new Kept(call.body, answer);
        call.answer = answer;
        owner = null;
    }

    private void giveUp(Call call, String execution, Answer answer) {
        story.left(execution);
        call.answer = answer;
        owner = null;
    }

    /** A lease outlives its owner, a transaction does not. */
    private void crash(Call call, String execution) {
        story.left(execution).unanswered(call.request);
        over(call);
        isProtected = false;
        if (mode == Mode.TRANSACTIONAL) {
            owner = null;
        }
    }

    private void unprotect(String execution) {
        story.unprotected(execution);
        isProtected = false;
        if (mode == Mode.TRANSACTIONAL) {
            owner = null;
        }
    }
}
