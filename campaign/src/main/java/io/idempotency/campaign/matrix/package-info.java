/** Every fault at every failpoint of every endpoint, one after another. */
@NullMarked
package io.idempotency.campaign.matrix;

import org.jspecify.annotations.NullMarked;
