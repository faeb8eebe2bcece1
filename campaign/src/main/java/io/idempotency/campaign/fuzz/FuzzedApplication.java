package io.idempotency.campaign.fuzz;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** A small service, with the library or without. */
@EnableAutoConfiguration
@Import({FuzzedHandlers.class, HandlerRuns.class})
class FuzzedApplication {}
