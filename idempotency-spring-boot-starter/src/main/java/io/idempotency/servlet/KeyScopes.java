package io.idempotency.servlet;

import io.idempotency.KeyScopeResolver;
import io.idempotency.core.KeyScope;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whose key it is: the authenticated principal's name, then what the application's resolvers add. Thread-safe. */
final class KeyScopes {

    private final boolean anonymousAllowed;
    private final List<KeyScopeResolver> resolvers;

    KeyScopes(boolean anonymousAllowed, List<KeyScopeResolver> resolvers) {
        this.anonymousAllowed = anonymousAllowed;
        this.resolvers = List.copyOf(resolvers);
    }

    /** Whose key it is, or empty if nobody is authenticated where somebody must be. */
    Optional<KeyScope> of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null && !anonymousAllowed) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        add(parts, principal == null ? null : principal.getName());
        resolvers.forEach(resolver -> add(parts, resolver.resolve(request)));
        return Optional.of(new KeyScope(parts));
    }

    /** Being nobody is not the same as being somebody without a name. */
    private static void add(List<String> parts, @Nullable String part) {
        parts.add(part == null ? "none" : "some");
        parts.add(part == null ? "" : part);
    }
}
