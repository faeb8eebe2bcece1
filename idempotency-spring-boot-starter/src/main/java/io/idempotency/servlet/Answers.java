package io.idempotency.servlet;

import io.idempotency.core.IdempotencyListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What the answers to all guarded requests have in common. Thread-safe. */
final class Answers {

    private final ProblemWriter problems;
    private final ReplayWriter replays;
    private final ReplayAuthorization authorization;
    private final IdempotencyListener listener;

    Answers(ServletSettings settings, ReplayAuthorization authorization, IdempotencyListener listener) {
        this.problems = new ProblemWriter(settings.documentationUri(), settings.retryAfter());
        this.replays = new ReplayWriter(settings.replayHeader());
        this.authorization = authorization;
        this.listener = listener;
    }

    Answer to(GuardedRequest guarded, HttpServletRequest request, HttpServletResponse response) {
        return new Answer(this, guarded, request, response);
    }

    ProblemWriter problems() {
        return problems;
    }

    ReplayWriter replays() {
        return replays;
    }

    ReplayAuthorization authorization() {
        return authorization;
    }

    IdempotencyListener listener() {
        return listener;
    }
}
