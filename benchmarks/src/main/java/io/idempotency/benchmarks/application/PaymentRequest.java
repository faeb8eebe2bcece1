package io.idempotency.benchmarks.application;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client orders.
 *
 * @param note a text, of which the beginning is kept
 * @param lines what is paid for; read with the rest and not kept
 */
record PaymentRequest(
        String debtor,
        String creditor,
        BigDecimal amount,
        String reference,
        @Nullable String note,
        @Nullable List<Line> lines) {

    private static final int KEPT = 80;

    String beginningOfNote() {
        return note == null ? "" : note.substring(0, Math.min(note.length(), KEPT));
    }

    /** One article of an order. */
    record Line(String article, int quantity, BigDecimal price) {}
}
