package io.idempotency.examples.provider.payments;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

/** The API. */
@RestController
class PaymentsController {

    private final Payments payments;
    private final Provider provider;

    PaymentsController(Payments payments, Provider provider) {
        this.payments = payments;
        this.provider = provider;
    }

    /** Each line can be run again: the first is recorded, the second has a key of its own, the third commits with the answer. */
    @PostMapping("/payments")
    @Idempotent(mode = ExecutionMode.LEASED, onTakeover = Takeover.EXECUTE)
    ResponseEntity<Payment> pay(@Valid @RequestBody PaymentRequest request, IdempotencyContext context) {
        Reservation reservation = reserve(request, context);
        Charge charge = provider.charge(context.childKey("charge"), reservation.amount());
        return context.completeInTransaction(() -> created(payments.book(reservation, charge)));
    }

    @GetMapping("/payments")
    List<Payment> payments() {
        return payments.all();
    }

    /** What somebody has to look at if the client does not come back: it was charged and not booked. */
    @GetMapping("/payments/unbooked")
    List<Unbooked> unbooked() {
        return payments.unbooked().stream()
                .map(reservation -> new Unbooked(
                        reservation.order(),
                        reservation.amount(),
                        provider.find(reservation.chargeKey()).map(Charge::id).orElse(null)))
                .toList();
    }

    /** A 5xx is not kept, so that the next retry goes on behind the reservation. */
    @ExceptionHandler
    ProblemDetail unavailable(RestClientException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_GATEWAY, "The provider did not answer. Send the same request again.");
        problem.setProperty("code", "provider-unavailable");
        return problem;
    }

    private Reservation reserve(PaymentRequest request, IdempotencyContext context) {
        Reservation reservation =
                context.step("reserve", Reservation.class, () -> payments.reserve(request, context.childKey("charge")));
        return Objects.requireNonNull(reservation, "The step has a result.");
    }

    private static ResponseEntity<Payment> created(Payment payment) {
        return ResponseEntity.created(URI.create("/payments/" + payment.id())).body(payment);
    }
}
