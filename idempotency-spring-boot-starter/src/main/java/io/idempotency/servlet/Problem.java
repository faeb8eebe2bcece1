package io.idempotency.servlet;

/**
 * The errors that the library answers with by itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
enum Problem {
    MISSING_KEY(
            "missing-key",
            400,
            "Idempotency key missing",
            "This operation needs an idempotency key. Send a value of your own choice, unique for the operation and the same for"
                    + " every retry of it, in the header field %s."),
    INVALID_KEY("invalid-key", 400, "Idempotency key not valid", "%s"),
    BODY_TOO_LARGE(
            "body-too-large",
            413,
            "Request body too large",
            "The body is larger than the %s bytes that this operation accepts. Nothing was executed."),
    ANONYMOUS(
            "anonymous",
            401,
            "Authentication required",
            "An idempotency key belongs to whoever sent it, and nobody is authenticated. Authenticate and send the request again."),
    REQUEST_IN_PROGRESS(
            "request-in-progress",
            409,
            "Request in progress",
            "The first request with this idempotency key is still being processed. Send the same request again later to get its"
                    + " answer."),
    KEY_REUSED(
            "key-reused",
            422,
            "Idempotency key used for another request",
            "This idempotency key belongs to another request. Nothing was executed. Use a new key for a new request."),
    RESPONSE_NOT_KEPT(
            "response-not-kept",
            409,
            "Response not kept",
            "The request was executed before, and its response was too large to be kept. It is not executed again."),
    CLAIM_LOST(
            "claim-lost",
            503,
            "Claim lost",
            "The request lost its claim on the idempotency key before it was finished, and its answer is not kept. Send the same request"
                    + " again."),
    STORE_UNAVAILABLE(
            "store-unavailable",
            503,
            "Idempotency records unavailable",
            "The records of executed requests cannot be reached now, so the request was not carried out. Send the same request"
                    + " again later."),
    COMMIT_REFUSED(
            "commit-refused",
            503,
            "Commit refused",
            "The database refused to commit, and the transaction had no effect. Send the same request again later."),
    COMMIT_REFUSED_FOR_GOOD(
            "commit-refused",
            500,
            "Commit refused",
            "The database refused to commit, and the transaction had no effect. The same request is likely to be refused again."),
    ROLLED_BACK(
            "rolled-back",
            500,
            "Rolled back",
            "The request was processed, but its transaction could only be rolled back, and had no effect."),
    OUTCOME_UNKNOWN(
            "outcome-unknown",
            503,
            "Outcome unknown",
            "It cannot be found out now whether the request took effect. Send the same request again later: it is executed at most"
                    + " once."),
    OUTCOME_UNKNOWN_FOR_GOOD(
            "outcome-unknown",
            409,
            "Outcome unknown",
            "An earlier attempt of the request ended in the middle, and it is not known what took effect. It is not executed again"
                    + " before that was found out.");

    private final String code;
    private final int status;
    private final String title;
    private final String detail;

    Problem(String code, int status, String title, String detail) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail(Object... arguments) {
        return detail.formatted(arguments);
    }

    boolean asksForRetry() {
        return status == 503 || this == REQUEST_IN_PROGRESS;
    }
}
