package io.idempotency.core;

/** What a retry gets when a lease has ended before its claim was settled, so that nobody knows what took effect. */
public enum Takeover {

    /** It executes: right where doing it twice does no harm, or where child keys and steps prevent it. */
    EXECUTE,

    /** It is refused until somebody who has looked resolves the key. */
    REFUSE
}
