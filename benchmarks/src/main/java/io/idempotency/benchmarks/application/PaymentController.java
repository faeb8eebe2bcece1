package io.idempotency.benchmarks.application;

import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The API, in each of the three kinds of bodies. */
@RestController
class PaymentController {

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @PostMapping("/payments")
    ResponseEntity<Payment> pay(@RequestBody PaymentRequest request) {
        return created(request);
    }

    @PostMapping(path = "/payments/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Payment> payByForm(@ModelAttribute PaymentRequest request) {
        return created(request);
    }

    @PostMapping(path = "/payments/receipts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Payment> payWithReceipt(
            @ModelAttribute PaymentRequest request, @RequestParam MultipartFile receipt) {
        return created(request);
    }

    ResponseEntity<Payment> created(PaymentRequest request) {
        Payment payment = payments.make(request);
        return ResponseEntity.created(URI.create(payment.location())).body(payment);
    }
}
