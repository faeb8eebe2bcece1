package io.idempotency.campaign.client;

import io.idempotency.campaign.history.Subject;

/**
 * What a client wants, however often it has to ask.
 *
 * @param subject who, under which key
 * @param path where
 * @param body what
 * @param generation counts the retentions of the key that are over, from 1
 */
public record Order(Subject subject, String path, String body, int generation) {

    /** The first use of a key. */
    public Order(Subject subject, String path, String body) {
        this(subject, path, body, 1);
    }

    /** The same order when the retention is over, to an endpoint with a longer one. */
    public Order again(String otherPath) {
        return new Order(subject, otherPath, body, generation + 1);
    }

    /** Somebody else's order: two clients that chose the same key do not know of each other. */
    public Order of(String principal) {
        return new Order(new Subject(principal, subject.key()), path, body, generation);
    }

    /** Another order under the same key. */
    public Order reusedFor(String otherBody) {
        return new Order(subject, path, otherBody, generation);
    }
}
