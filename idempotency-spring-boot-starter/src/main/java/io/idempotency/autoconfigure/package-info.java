/** Puts the library together in a Spring Boot application. */
@NullMarked
package io.idempotency.autoconfigure;

import org.jspecify.annotations.NullMarked;
