package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.Left;
import io.idempotency.campaign.history.Event.Unprotected;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** G7: no handler starts while another runs that no fault has taken the protection from. */
final class OneHandler implements Rule {

    @Override
    public List<String> breaches(Case known) {
        if (known.executions().size() < 2) {
            return List.of();
        }
        List<String> breaches = new ArrayList<>();
        Set<String> running = new LinkedHashSet<>();
        for (Event event : known.events()) {
            if (event instanceof Entered entered) {
                running.forEach(other -> breaches.add(
                        "Execution %s started while execution %s was running.".formatted(entered.execution(), other)));
                running.add(entered.execution());
            } else if (event instanceof Left left) {
                running.remove(left.execution());
            } else if (event instanceof Unprotected unprotected) {
                running.remove(unprotected.execution());
            }
        }
        return breaches;
    }
}
