package io.idempotency.campaign.node;

import io.idempotency.Idempotent;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** As {@link TransactionalEndpoints}, with a retention that can be waited for. */
@RestController
@RequestMapping("/transactional-short")
final class ShortEndpoints {

    private final Payments payments;

    ShortEndpoints(Payments payments) {
        this.payments = payments;
    }

    @PostMapping("/read-committed")
    @Idempotent(retention = Endpoint.SHORT_RETENTION, isolation = Isolation.READ_COMMITTED)
    ResponseEntity<Receipt> readCommitted(
            @RequestBody String body, @RequestHeader(name = Wire.WORK, defaultValue = "0") int work) {
        return payments.inTransaction(body, work);
    }

    @PostMapping("/repeatable-read")
    @Idempotent(retention = Endpoint.SHORT_RETENTION, isolation = Isolation.REPEATABLE_READ)
    ResponseEntity<Receipt> repeatableRead(
            @RequestBody String body, @RequestHeader(name = Wire.WORK, defaultValue = "0") int work) {
        return payments.inTransaction(body, work);
    }

    @PostMapping("/serializable")
    @Idempotent(retention = Endpoint.SHORT_RETENTION, isolation = Isolation.SERIALIZABLE)
    ResponseEntity<Receipt> serializable(
            @RequestBody String body, @RequestHeader(name = Wire.WORK, defaultValue = "0") int work) {
        return payments.inTransaction(body, work);
    }
}
