package io.idempotency.servlet;

import io.idempotency.core.IdempotencyKey;
import java.util.Collection;
import java.util.Optional;

/**
 * Reads the idempotency key out of the values of its header field.
 *
 * <p>The draft asks for a structured-field string; nearly every deployed API sends the same characters without quotes.
 * Both are read as the same key, so that a client may move from one form to the other between two attempts. Immutable
 * and thread-safe.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07#section-2.1">The
 *     Idempotency-Key HTTP Header Field, section 2.1</a>
 */
final class KeyHeader {

    private static final String NOT_IN_A_BARE_KEY = " ,;\"\\";

    private final String name;
    private final boolean strict;

    /**
     * Chooses the field and the accepted forms.
     *
     * @param name the header field's name, for the messages
     * @param strict whether the quoted form alone is accepted
     */
    KeyHeader(String name, boolean strict) {
        this.name = name;
        this.strict = strict;
    }

    /**
     * Returns the key, or nothing if the field is absent.
     *
     * @param fieldValues every value of the field in the request, in order
     * @throws InvalidKeyException if the field is there but holds no usable key
     */
    Optional<IdempotencyKey> parse(Collection<String> fieldValues) throws InvalidKeyException {
        if (fieldValues.isEmpty()) {
            return Optional.empty();
        }
        if (fieldValues.size() > 1) {
            throw new InvalidKeyException("Send the " + name + " header once; this request carries it several times.");
        }
        String field = withoutOuterWhiteSpace(fieldValues.iterator().next());
        String key = field.startsWith("\"") ? quoted(field) : bare(field);
        return Optional.of(new IdempotencyKey(lengthChecked(key)));
    }

    private String quoted(String field) throws InvalidKeyException {
        return StructuredString.parse(field)
                .orElseThrow(() -> new InvalidKeyException("Send " + name
                        + " as one structured-field string: printable ASCII characters between two double quotes, with"
                        + " a backslash before each double quote or backslash among them."));
    }

    private String bare(String field) throws InvalidKeyException {
        if (strict) {
            throw new InvalidKeyException(
                    "Put the key between double quotes, as in " + name + ": \"8e03978e-40d5-43dd-bc93-6894a57f9324\".");
        }
        if (!field.chars().allMatch(c -> c > 0x20 && c < 0x7F && NOT_IN_A_BARE_KEY.indexOf(c) < 0)) {
            throw new InvalidKeyException("Send one key of printable ASCII characters in " + name
                    + ", and put it between double quotes if it holds a space, a comma or a semicolon.");
        }
        return field;
    }

    private String lengthChecked(String key) throws InvalidKeyException {
        if (key.isEmpty() || key.length() > IdempotencyKey.MAX_LENGTH) {
            throw new InvalidKeyException("Send a key of 1 to " + IdempotencyKey.MAX_LENGTH + " characters in " + name
                    + "; this one has " + key.length() + ".");
        }
        return key;
    }

    /** Removes the optional white space of RFC 9110, section 5.6.3, which is no part of a field's value. */
    private static String withoutOuterWhiteSpace(String field) {
        int from = 0;
        int to = field.length();
        while (from < to && isWhiteSpace(field.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(field.charAt(to - 1))) {
            to--;
        }
        return field.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
