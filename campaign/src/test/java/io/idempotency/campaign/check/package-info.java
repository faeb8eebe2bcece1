/** Tests of the judgement, on histories that are written down by hand or made by a model. */
@NullMarked
package io.idempotency.campaign.check;

import org.jspecify.annotations.NullMarked;
