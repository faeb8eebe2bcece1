package io.idempotency.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds back what a chain throws after asynchronous work was begun in it: as long as that work goes on, its claim is not given up. */
final class HeldFailure {

    private @Nullable Throwable failure;

    FilterChain around(FilterChain chain) {
        return (request, response) -> {
            try {
                chain.doFilter(request, response);
            } catch (IOException | ServletException | RuntimeException | Error e) {
                if (!request.isAsyncStarted()) {
                    throw e;
                }
                failure = e;
            }
        };
    }

    boolean isThere() {
        return failure != null;
    }

    void rethrow() throws IOException, ServletException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof ServletException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
