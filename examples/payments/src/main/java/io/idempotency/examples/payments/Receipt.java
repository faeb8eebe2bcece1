package io.idempotency.examples.payments;

/** A file that was filed with a payment; its size is in bytes. */
record Receipt(long id, long paymentId, String fileName, long size) {}
