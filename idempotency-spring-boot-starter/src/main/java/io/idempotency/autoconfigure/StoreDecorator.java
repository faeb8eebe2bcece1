package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyStore;
import java.util.function.UnaryOperator;

/** Puts something around the store, whichever it is. */
@FunctionalInterface
interface StoreDecorator extends UnaryOperator<IdempotencyStore> {}
