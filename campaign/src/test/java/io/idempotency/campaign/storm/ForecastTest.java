package io.idempotency.campaign.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.campaign.storm.Gust.Kind;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final StormPlan PLAN = StormPlan.full(7);

    @Test
    void sameSeedBringsTheSameFaults() {
        assertThat(Forecast.of(PLAN))
                .isEqualTo(Forecast.of(StormPlan.full(7)))
                .isNotEqualTo(Forecast.of(StormPlan.full(8)));
    }

    @Test
    void fullStormHoldsWhatItPromises() {
        assertThat(count(EnumSet.of(Kind.NODE_KILLED))).isEqualTo(PLAN.kills()).isGreaterThanOrEqualTo(500);
        assertThat(count(EnumSet.of(Kind.DATABASE_CRASHED, Kind.BACKEND_TERMINATED)))
                .isEqualTo(PLAN.databaseFaults())
                .isGreaterThanOrEqualTo(200);
        assertThat(count(EnumSet.range(Kind.CONNECTION_CUT, Kind.COMMIT_SILENT_AFTER)))
                .isEqualTo(PLAN.cuts())
                .isGreaterThanOrEqualTo(200);
    }

    @Test
    void halfOfTheCutsAreAimedAtACommit() {
        assertThat(count(EnumSet.range(Kind.COMMIT_CUT_BEFORE, Kind.COMMIT_SILENT_AFTER)))
                .isEqualTo(PLAN.cuts() / 2);
    }

    @Test
    void everyNodeIsUpgradedOnce() {
        assertThat(gusts().stream()
                        .filter(gust -> gust.kind() == Kind.NODE_UPGRADED)
                        .map(Gust::seat))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    private static long count(EnumSet<Kind> kinds) {
        return gusts().stream().filter(gust -> kinds.contains(gust.kind())).count();
    }

    private static List<Gust> gusts() {
        return Forecast.of(PLAN).fronts().stream().flatMap(List::stream).toList();
    }
}
