package io.idempotency.campaign.node;

/** The business says no: its effect goes, its answer stays. */
final class DeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Receipt receipt;

    DeclinedException(Receipt receipt) {
        super("Declined.");
        this.receipt = receipt;
    }

    Receipt receipt() {
        return receipt;
    }
}
