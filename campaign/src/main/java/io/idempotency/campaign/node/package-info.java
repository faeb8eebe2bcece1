/** The application that is broken: guarded payments, and wiring around the library that stops a request wherever it is told. */
@NullMarked
package io.idempotency.campaign.node;

import org.jspecify.annotations.NullMarked;
