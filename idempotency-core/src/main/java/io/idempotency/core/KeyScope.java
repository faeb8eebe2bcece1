package io.idempotency.core;

import java.util.List;

/**
 * Whose key it is: two callers with different scopes never meet, even if they choose the same key.
 *
 * @param parts what tells the callers apart, in a fixed order: the principal's stable name first, then for example a tenant
 */
public record KeyScope(List<String> parts) {

    /** A scope without parts, which tells nobody apart. */
    public static final KeyScope SHARED = new KeyScope(List.of());

    /** Copies the parts. */
    public KeyScope {
        parts = List.copyOf(parts);
    }

    /** Hides the parts: principals must not reach a log. */
    @Override
    public String toString() {
        return "KeyScope[" + parts.size() + " parts]";
    }
}
