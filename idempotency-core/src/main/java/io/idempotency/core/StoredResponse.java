package io.idempotency.core;

import java.util.List;

/**
 * What is kept of the first answer and replayed: immutable if its content is left alone.
 *
 * @param status the HTTP status code, 100 to 599
 * @param headers the replayable header fields, in the order in which they are sent
 * @param content what follows the headers
 */
public record StoredResponse(int status, List<Header> headers, ResponseContent content) {

    private static final int FIRST_ERROR = 400;

    /**
     * Copies the headers.
     *
     * @throws IllegalArgumentException if the status is no HTTP status code
     */
    public StoredResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException(
                    "An HTTP status code is between 100 and 599; this one is " + status + ".");
        }
        headers = List.copyOf(headers);
    }

    boolean isError() {
        return status >= FIRST_ERROR;
    }

    /**
     * One header field line.
     *
     * @param name the field's name
     * @param value the field's value
     */
    public record Header(String name, String value) {

        /** Hides the value, which can be personal. */
        @Override
        public String toString() {
            return name;
        }
    }
}
