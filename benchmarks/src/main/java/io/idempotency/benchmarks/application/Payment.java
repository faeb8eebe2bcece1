package io.idempotency.benchmarks.application;

import java.math.BigDecimal;

/** A payment that was made. */
record Payment(long id, BigDecimal amount, String reference) {

    String location() {
        return "/payments/" + id;
    }
}
