package io.idempotency.campaign.storm;

import io.idempotency.campaign.check.Verdict;
import java.util.SortedMap;

/**
 * What a storm broke, and what became of the guarantees.
 *
 * @param plan what was planned
 * @param happened how often each fault happened, by its name
 * @param verdict over everything
 */
public record StormResult(StormPlan plan, SortedMap<String, Integer> happened, Verdict verdict) {

    /** Whether everything happened that was planned. */
    public boolean isComplete() {
        int upgrades = plan.upgrade() ? plan.nodes() : 0;
        int planned = plan.kills() + plan.stops() + upgrades + plan.databaseFaults() + plan.cuts();
        return happened.values().stream().mapToInt(Integer::intValue).sum() == planned;
    }
}
