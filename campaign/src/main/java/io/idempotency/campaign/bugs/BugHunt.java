package io.idempotency.campaign.bugs;

import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.check.Violation;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.matrix.Matrix;
import io.idempotency.campaign.matrix.MatrixPlan;
import io.idempotency.campaign.node.Failpoint;
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
import java.util.Set;

/** Lets nodes make each mistake in turn, and looks whether the checker notices. */
public final class BugHunt {

    /** What a node remembers by itself would hide what the store does. */
    private static final String WITHOUT_MEMORY = "--idempotency.recent-completions.enabled=false";

    private final Path directory;
    private final long seed;

    /** A hunt whose processes live in a directory. */
    public BugHunt(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /**
     * Looks for all that are asked for, and says of each what was found.
     *
     * @throws IllegalStateException if the same is found where nobody makes a mistake
     */
    public List<Catch> run(Collection<SeededBug> bugs) throws IOException {
        requireSilenceWithoutBugs(bugs.stream().map(Hunt::of).toList());
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

    /** The same faults at the same failpoints, and the same duplicates. */
    private void requireSilenceWithoutBugs(List<Hunt> hunts) throws IOException {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        Set<Failpoint> points = EnumSet.noneOf(Failpoint.class);
        for (Hunt hunt : hunts) {
            hunt.fault().ifPresent(faults::add);
            points.addAll(hunt.points());
        }
        Verdict verdict = matrix(faults, points, List.of(WITHOUT_MEMORY));
        if (hunts.stream().anyMatch(hunt -> hunt.fault().isEmpty())) {
            verdict = verdict.plus(duplicates(List.of(WITHOUT_MEMORY)));
        }
        if (!verdict.holds()) {
            throw new IllegalStateException(
                    "Nothing that is caught means anything, as long as this is found where nothing was seeded:\n"
                            + verdict);
        }
        Console.say("Without a bug nothing is found.");
    }

    private Verdict verdict(Hunt hunt) throws IOException {
        List<String> seeded = List.of("--" + NodeApp.BUG + "=" + hunt.bug(), WITHOUT_MEMORY);
        return hunt.fault().isPresent()
                ? matrix(EnumSet.of(hunt.fault().get()), hunt.points(), seeded)
                : duplicates(seeded);
    }

    private Verdict duplicates(List<String> arguments) throws IOException {
        return new Storm(directory, StormPlan.calm(seed, arguments)).run().verdict();
    }

    private Verdict matrix(Set<Fault> faults, Set<Failpoint> points, List<String> arguments) throws IOException {
        MatrixPlan plan = MatrixPlan.complete(1).only(faults, points).with(arguments);
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
