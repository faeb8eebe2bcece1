package io.idempotency.campaign.check;

import java.util.List;

/** What a history must keep to. */
@FunctionalInterface
interface Rule {

    /**
     * Looks for breaches.
     *
     * @return a sentence for each; it names what it is about, and says the same of every part of the history that shows it
     */
    List<String> breaches(Case known);
}
