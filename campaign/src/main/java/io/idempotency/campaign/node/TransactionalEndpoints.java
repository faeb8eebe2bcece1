package io.idempotency.campaign.node;

import io.idempotency.Idempotent;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Guarded in one transaction, at each isolation level. */
@RestController
@RequestMapping("/transactional")
final class TransactionalEndpoints {

    private final Payments payments;

    TransactionalEndpoints(Payments payments) {
        this.payments = payments;
    }

    @PostMapping("/read-committed")
    @Idempotent(isolation = Isolation.READ_COMMITTED)
    ResponseEntity<Receipt> readCommitted(@RequestBody String body) {
        return payments.inTransaction(body);
    }

    @PostMapping("/repeatable-read")
    @Idempotent(isolation = Isolation.REPEATABLE_READ)
    ResponseEntity<Receipt> repeatableRead(@RequestBody String body) {
        return payments.inTransaction(body);
    }

    @PostMapping("/serializable")
    @Idempotent(isolation = Isolation.SERIALIZABLE)
    ResponseEntity<Receipt> serializable(@RequestBody String body) {
        return payments.inTransaction(body);
    }
}
