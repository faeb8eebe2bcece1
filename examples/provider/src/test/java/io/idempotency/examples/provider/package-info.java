/** The service and the provider at work: started on their own, and held to the README. */
@NullMarked
package io.idempotency.examples.provider;

import org.jspecify.annotations.NullMarked;
