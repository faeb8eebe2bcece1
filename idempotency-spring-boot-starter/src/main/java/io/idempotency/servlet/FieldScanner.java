package io.idempotency.servlet;

import java.util.function.IntPredicate;

/** A position in a header field's value. */
final class FieldScanner {

    private final String field;
    private int position;

    FieldScanner(String field) {
        this.field = field;
    }

    boolean atEnd() {
        return position == field.length();
    }

    boolean sees(char expected) {
        return !atEnd() && field.charAt(position) == expected;
    }

    /** Moves past the next character and returns it; the caller knows that there is one. */
    char next() {
        return field.charAt(position++);
    }

    /** Moves past the next character if it is the expected one. */
    boolean take(char expected) {
        boolean taken = sees(expected);
        if (taken) {
            position++;
        }
        return taken;
    }

    /** Moves past the characters that match and returns how many there were. */
    int skip(IntPredicate matching) {
        int from = position;
        while (!atEnd() && matching.test(field.charAt(position))) {
            position++;
        }
        return position - from;
    }
}
