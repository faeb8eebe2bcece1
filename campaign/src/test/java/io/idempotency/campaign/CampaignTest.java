package io.idempotency.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.campaign.bugs.BugHunt;
import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.matrix.Matrix;
import io.idempotency.campaign.matrix.MatrixPlan;
import io.idempotency.campaign.matrix.MatrixResult;
import io.idempotency.campaign.node.SeededBug;
import io.idempotency.campaign.storm.Storm;
import io.idempotency.campaign.storm.StormPlan;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A small part of the campaign in every build; the README says how to run all of it. */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class CampaignTest {

    private static final long SEED = 1;

    @TempDir
    private Path directory;

    @Test
    void everyFailpointSurvivesAKilledNodeAndACrashedDatabase() throws Exception {
        MatrixPlan plan = MatrixPlan.complete(1).only(EnumSet.of(Fault.NODE_KILLED, Fault.DATABASE_CRASHED));

        MatrixResult result = new Matrix(directory, plan).run();

        assertThat(result.verdict()).matches(Verdict::holds);
        assertThat(result.fewest()).as("runs of every cell").isPositive();
    }

    @Test
    void everyGuaranteeHoldsInAShortStorm() throws Exception {
        Verdict verdict = new Storm(directory, StormPlan.smoke(SEED)).run().verdict();

        assertThat(verdict).matches(Verdict::holds);
        assertThat(verdict.tally().effects()).isPositive();
    }

    @Test
    void seededBugIsCaught() throws Exception {
        List<BugHunt.Catch> catches = new BugHunt(directory, SEED).run(EnumSet.of(SeededBug.COMMIT_ERROR_SWALLOWED));

        assertThat(catches)
                .singleElement()
                .satisfies(caught -> assertThat(caught.violation()).isPresent());
    }
}
