package io.idempotency.servlet;

import org.springframework.web.servlet.HandlerExecutionChain;

/**
 * A request that is meant for a guarded endpoint.
 *
 * @param endpoint the endpoint
 * @param template the route template that matched
 * @param chain what the dispatcher would run
 */
record GuardedRequest(GuardedEndpoint endpoint, String template, HandlerExecutionChain chain) {}
