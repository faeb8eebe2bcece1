package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.List;

/** G5: whoever asks is answered what was made for them. */
final class OnePrincipal implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange exchange : known.answered()) {
            if (exchange.kind().namesExecution() && !known.isOwn(exchange)) {
                breaches.add("Request %d of %s was answered %s by execution %s, which was made for %s."
                        .formatted(
                                exchange.request(),
                                known.subject().principal(),
                                exchange.answer().label(),
                                exchange.answer().execution(),
                                exchange.answer().principal()));
            }
        }
        return breaches;
    }
}
