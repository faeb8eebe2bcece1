package io.idempotency.benchmarks.application;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** The same API under a lease; the payment and the answer are one transaction. */
@RestController
@Idempotent(mode = ExecutionMode.LEASED)
final class LeasedPaymentController extends PaymentController {

    LeasedPaymentController(Payments payments) {
        super(payments);
    }

    @Override
    ResponseEntity<Payment> created(PaymentRequest request) {
        return IdempotencyContext.current().completeInTransaction(() -> super.created(request));
    }
}
