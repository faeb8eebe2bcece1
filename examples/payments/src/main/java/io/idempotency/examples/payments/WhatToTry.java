package io.idempotency.examples.payments;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells on the console what to try once the service runs. */
@Component
class WhatToTry {

    private static final String TEXT = """

            Payments is running. Send this twice, and look:

              curl -i -u alice:alice -H 'Idempotency-Key: rent-november' -H 'Content-Type: application/json' \\
                -d '{"from": "alice", "to": "bob", "amount": 25}' http://localhost:%1$d/payments

              curl -s -u alice:alice http://localhost:%1$d/accounts/alice
              curl -s http://localhost:%1$d/actuator/prometheus | grep idempotency_requests_total

            README.md goes on from here: another amount, a retry while the first request runs, kill -9.
            """;

    private int port;

    @EventListener
    void started(WebServerInitializedEvent event) {
        // The management endpoints can have a server of their own, which has a name.
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("SystemOut") // meant for the person at the console, whatever the logging does
    void ready() {
        System.out.println(TEXT.formatted(port));
    }
}
