package io.idempotency.examples.payments;

import io.idempotency.Idempotent;
import io.idempotency.examples.payments.PaymentRefusedException.NotTheOwner;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The API. */
@RestController
class PaymentsController {

    private final Payments payments;

    PaymentsController(Payments payments) {
        this.payments = payments;
    }

    @PostMapping("/payments")
    // The retry of a payment that was slow once need not be slow again.
    @Idempotent(ignore = "/delaySeconds")
    ResponseEntity<Payment> pay(@Valid @RequestBody PaymentRequest request, Principal caller) {
        return created(request, caller);
    }

    @PostMapping(path = "/payments/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Idempotent
    ResponseEntity<Payment> payByForm(@Valid @ModelAttribute PaymentRequest request, Principal caller) {
        return created(request, caller);
    }

    @PostMapping(path = "/payments/receipts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    Receipt file(@RequestParam long paymentId, @RequestParam MultipartFile file, Principal caller) throws IOException {
        String fileName = Objects.requireNonNullElse(file.getOriginalFilename(), "receipt");
        return payments.file(caller.getName(), paymentId, fileName, file.getBytes());
    }

    @GetMapping("/payments/{id}")
    Payment payment(@PathVariable long id, Principal caller) {
        return payments.payment(caller.getName(), id);
    }

    @GetMapping("/payments")
    List<Payment> payments(Principal caller) {
        return payments.of(caller.getName());
    }

    @GetMapping("/accounts/{id}")
    Account account(@PathVariable String id, Principal caller) {
        requireOwner(id, caller);
        return payments.account(id);
    }

    private ResponseEntity<Payment> created(PaymentRequest request, Principal caller) {
        requireOwner(request.from(), caller);
        Payment payment = payments.make(request);
        return ResponseEntity.created(URI.create("/payments/" + payment.id())).body(payment);
    }

    private static void requireOwner(String account, Principal caller) {
        if (!account.equals(caller.getName())) {
            throw new NotTheOwner(account);
        }
    }
}
