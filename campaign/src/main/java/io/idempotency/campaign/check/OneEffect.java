package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Event.Provided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** G1: one effect a generation, and one child key for all attempts. */
final class OneEffect implements Rule {

    @Override
    public List<String> breaches(Case known) {
        if (known.effects().size() < 2 && known.provided().size() < 2) {
            return List.of();
        }
        List<String> breaches = new ArrayList<>();
        Map<Integer, Committed> firsts = new HashMap<>();
        for (Committed effect : known.effects()) {
            Committed first = firsts.putIfAbsent(effect.generation(), effect);
            if (first != null) {
                breaches.add("In generation %d both execution %s and execution %s have an effect."
                        .formatted(effect.generation(), first.execution(), effect.execution()));
            }
        }
        for (Provided later : known.provided()) {
            Provided first = known.provided().get(0);
            if (!later.childKey().equals(first.childKey())) {
                breaches.add("Execution %s used the child key %s, and execution %s used %s."
                        .formatted(first.execution(), first.childKey(), later.execution(), later.childKey()));
            }
        }
        return breaches;
    }
}
