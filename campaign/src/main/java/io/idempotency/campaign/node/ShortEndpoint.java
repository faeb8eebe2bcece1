package io.idempotency.campaign.node;

import io.idempotency.Idempotent;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Makes the records that a purge is tried on: their retention can be waited for. */
@RestController
final class ShortEndpoint {

    private final Payments payments;

    ShortEndpoint(Payments payments) {
        this.payments = payments;
    }

    @PostMapping(Endpoint.SHORT_PATH)
    @Idempotent(retention = "1s")
    ResponseEntity<Receipt> pay(@RequestBody String body) {
        return payments.inTransaction(body);
    }
}
