package io.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Adds to whose key it is, beside the authenticated principal: a tenant, for example. A bean of this type is picked up; of several,
 * all count, in their order.
 */
@FunctionalInterface
public interface KeyScopeResolver {

    /**
     * Names what the caller belongs to. Called once per guarded request, by any number of threads, before the body is read.
     *
     * @param request the request, authenticated as far as it will be
     * @return a name that stays the same over all retries of a request, or null if the request belongs to none
     */
    @Nullable
    String resolve(HttpServletRequest request);
}
