package io.idempotency.campaign.node;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Guarded by a lease; who comes after a crash executes again. */
@RestController
@RequestMapping("/executing")
final class ExecutingEndpoints {

    private final Payments payments;

    ExecutingEndpoints(Payments payments) {
        this.payments = payments;
    }

    @PostMapping("/read-committed")
    @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE, isolation = Isolation.READ_COMMITTED)
    ResponseEntity<Receipt> readCommitted(@RequestBody String body, IdempotencyContext context) {
        return payments.underLease(body, context);
    }

    @PostMapping("/repeatable-read")
    @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE, isolation = Isolation.REPEATABLE_READ)
    ResponseEntity<Receipt> repeatableRead(@RequestBody String body, IdempotencyContext context) {
        return payments.underLease(body, context);
    }

    @PostMapping("/serializable")
    @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE, isolation = Isolation.SERIALIZABLE)
    ResponseEntity<Receipt> serializable(@RequestBody String body, IdempotencyContext context) {
        return payments.underLease(body, context);
    }
}
