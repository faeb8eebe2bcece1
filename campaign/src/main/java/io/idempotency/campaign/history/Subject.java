package io.idempotency.campaign.history;

/**
 * Whose key: what the library has to keep apart from everything else.
 *
 * @param principal who asks
 * @param key the idempotency key that the client chose
 */
public record Subject(String principal, String key) {

    @Override
    public String toString() {
        return principal + "/" + key;
    }
}
