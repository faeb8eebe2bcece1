package io.idempotency.campaign.proxy;

import java.io.IOException;

/** What lies between the two sides in one direction. */
interface Passage {

    /** Forwards the first bytes of a block, or does not. */
    void pass(byte[] block, int length) throws IOException;
}
