package io.idempotency.campaign.bugs;

import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.check.Violation;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.matrix.Matrix;
import io.idempotency.campaign.matrix.MatrixPlan;
import io.idempotency.campaign.node.NodeApp;
import io.idempotency.campaign.node.SeededBug;
import io.idempotency.campaign.report.Console;
import io.idempotency.campaign.storm.Storm;
import io.idempotency.campaign.storm.StormPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Lets nodes make each mistake in turn, and looks whether the checker notices. */
public final class BugHunt {

    private final Path directory;
    private final long seed;

    /** A hunt whose processes live in a directory. */
    public BugHunt(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /** Looks for all that are asked for, and says of each what was found. */
    public List<Catch> run(Collection<SeededBug> bugs) throws IOException {
        List<Catch> catches = new ArrayList<>();
        for (SeededBug bug : bugs) {
            Hunt hunt = Hunt.of(bug);
            Verdict verdict = verdict(hunt);
            Optional<Violation> found = verdict.violations().stream()
                    .filter(violation -> hunt.breaks().contains(violation.guarantee()))
                    .findFirst();
            Console.say(
                    bug + ": " + found.map(violation -> "caught\n" + violation).orElse("NOT CAUGHT\n" + verdict));
            catches.add(new Catch(bug, found));
        }
        return catches;
    }

    private Verdict verdict(Hunt hunt) throws IOException {
        // What a node remembers by itself would hide what the store does.
        List<String> seeded =
                List.of("--" + NodeApp.BUG + "=" + hunt.bug(), "--idempotency.recent-completions.enabled=false");
        Fault fault = hunt.fault();
        if (fault == null) {
            return new Storm(directory, StormPlan.calm(seed, seeded)).run().verdict();
        }
        MatrixPlan plan =
                MatrixPlan.complete(1).only(EnumSet.of(fault), hunt.points()).with(seeded);
        return new Matrix(directory, plan).run().verdict();
    }

    /**
     * A bug, and what gave it away.
     *
     * @param bug the bug
     * @param violation what the checker found, or nothing
     */
    public record Catch(SeededBug bug, Optional<Violation> violation) {

        @Override
        public String toString() {
            return bug + ": "
                    + violation
                            .map(found -> "caught, " + found.guarantee() + " is broken")
                            .orElse("NOT CAUGHT");
        }
    }
}
