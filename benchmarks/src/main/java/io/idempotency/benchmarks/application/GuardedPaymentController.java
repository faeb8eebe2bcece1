package io.idempotency.benchmarks.application;

import io.idempotency.Idempotent;
import org.springframework.web.bind.annotation.RestController;

/** The same API, safe to retry. */
@RestController
@Idempotent
final class GuardedPaymentController extends PaymentController {

    GuardedPaymentController(Payments payments) {
        super(payments);
    }
}
