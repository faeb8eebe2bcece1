package io.idempotency.benchmarks.application;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What stands beside the payments and needs no guard: on a path of its own, and below theirs. */
@RestController
final class UnguardedController {

    @PostMapping({"/plain", "/payments/quotes"})
    Quote quote(@RequestBody PaymentRequest request) {
        return new Quote(request.reference(), true);
    }

    record Quote(String reference, boolean accepted) {}
}
