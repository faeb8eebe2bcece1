package io.idempotency.examples.payments;

import org.springframework.http.HttpStatus;

/** A request that the business refuses, and that had no effect. */
abstract sealed class PaymentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    private PaymentRefusedException(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The account does not hold what it is asked for. */
    static final class InsufficientFunds extends PaymentRefusedException {

        private static final long serialVersionUID = 1L;

        InsufficientFunds(String account) {
            super(HttpStatus.UNPROCESSABLE_CONTENT, "insufficient-funds", "The balance of " + account + " is too low.");
        }
    }

    /** There is no such account or payment. */
    static final class Unknown extends PaymentRefusedException {

        private static final long serialVersionUID = 1L;

        Unknown(String what) {
            super(HttpStatus.NOT_FOUND, "unknown", "There is no " + what + ".");
        }
    }

    /** The account belongs to somebody else. */
    static final class NotTheOwner extends PaymentRefusedException {

        private static final long serialVersionUID = 1L;

        NotTheOwner(String account) {
            super(HttpStatus.FORBIDDEN, "not-the-owner", "The account " + account + " is not yours.");
        }
    }
}
