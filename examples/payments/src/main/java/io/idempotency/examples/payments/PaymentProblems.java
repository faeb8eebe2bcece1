package io.idempotency.examples.payments;

import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers refused requests with a problem document. */
@RestControllerAdvice
class PaymentProblems {

    @ExceptionHandler
    ProblemDetail refused(PaymentRefusedException refused) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(refused.status(), refused.getMessage());
        problem.setProperty("code", refused.code());
        return problem;
    }
}
