package io.idempotency.servlet;

import io.idempotency.core.IdempotencyStoreException;
import java.util.ArrayList;
import java.util.List;

/** Tells what went wrong without the values that it went wrong with. */
final class Causes {

    private static final int DEEPEST = 8;

    private Causes() {}

    /** The types of an error and its causes, with the library's own messages, which quote no values. */
    static String withoutValues(Throwable error) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(
                    cause instanceof IdempotencyStoreException
                            ? String.valueOf(cause.getMessage())
                            : cause.getClass().getName());
        }
        return String.join(" <- ", causes) + " (set io.idempotency to DEBUG for messages and stack traces)";
    }
}
