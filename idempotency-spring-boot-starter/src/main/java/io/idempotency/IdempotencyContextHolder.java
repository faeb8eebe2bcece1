package io.idempotency;

import org.jspecify.annotations.Nullable;

/** The context of the handler that a thread runs. */
public final class IdempotencyContextHolder {

    private static final ThreadLocal<@Nullable IdempotencyContext> CURRENT = new ThreadLocal<>();

    private IdempotencyContextHolder() {}

    /**
     * The calling thread's context.
     *
     * @return the innermost one, or null if the thread runs nothing under a key
     */
    public static @Nullable IdempotencyContext get() {
        return CURRENT.get();
    }

    /**
     * Sets the calling thread's context.
     *
     * @param context the context, or null for none
     * @return the one before, to be set again afterwards
     */
    public static @Nullable IdempotencyContext set(@Nullable IdempotencyContext context) {
        IdempotencyContext before = CURRENT.get();
        if (context == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(context);
        }
        return before;
    }
}
