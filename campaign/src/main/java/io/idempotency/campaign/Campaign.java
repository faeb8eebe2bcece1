package io.idempotency.campaign;

import io.idempotency.campaign.bugs.BugHunt;
import io.idempotency.campaign.fuzz.Fuzzing;
import io.idempotency.campaign.matrix.Matrix;
import io.idempotency.campaign.matrix.MatrixPlan;
import io.idempotency.campaign.matrix.MatrixResult;
import io.idempotency.campaign.report.Console;
import io.idempotency.campaign.storm.Storm;
import io.idempotency.campaign.storm.StormPlan;
import io.idempotency.campaign.storm.StormResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Breaks everything, and looks what becomes of the guarantees. */
public final class Campaign {

    private static final Path DIRECTORY = Path.of("target", "campaign");

    private final Arguments arguments;

    private Campaign(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Runs in the module's directory; see its README for the arguments. Ends with 1 if a guarantee did not hold. */
    public static void main(String[] arguments) throws Exception {
        boolean held = new Campaign(Arguments.parse(arguments)).run();
        System.exit(held ? 0 : 1);
    }

    private boolean run() throws IOException {
        return switch (arguments.part()) {
            case MATRIX -> matrix(MatrixPlan.complete(arguments.runs()).only(arguments.faults()));
            case STORM -> storm(arguments.storm());
            case BUGS -> bugs();
            case FUZZ -> fuzz();
            case SMOKE -> attack(MatrixPlan.complete(1), StormPlan.medium(arguments.seed()));
            case LONG -> {
                boolean attack =
                        attack(MatrixPlan.complete(arguments.runs()).only(arguments.faults()), arguments.storm());
                yield fuzz() && attack;
            }
        };
    }

    /** All parts are run, whatever the first of them finds. */
    private boolean attack(MatrixPlan matrix, StormPlan storm) throws IOException {
        boolean cells = matrix(matrix);
        boolean weather = storm(storm);
        return bugs() && cells && weather;
    }

    private boolean fuzz() throws IOException {
        return Fuzzing.run(arguments.fuzzing(), arguments.keep()).isClean();
    }

    private static boolean matrix(MatrixPlan plan) throws IOException {
        MatrixResult result = new Matrix(DIRECTORY, plan).run();
        Console.say("The matrix: " + result.total() + " runs, " + result.fewest() + " or more in every cell.\n"
                + result.table() + "\n" + result.verdict());
        return result.verdict().holds() && result.fewest() >= plan.runs();
    }

    private static boolean storm(StormPlan plan) throws IOException {
        StormResult result = new Storm(DIRECTORY, plan).run();
        Console.say("The storm with seed " + plan.seed() + ": " + result.happened()
                + (result.isComplete() ? "" : ", which is less than was planned") + "\n" + result.verdict());
        return result.verdict().holds() && result.isComplete();
    }

    private boolean bugs() throws IOException {
        List<BugHunt.Catch> catches = new BugHunt(DIRECTORY, arguments.seed()).run(arguments.bugs());
        catches.forEach(caught -> Console.say(caught.toString()));
        long missed =
                catches.stream().filter(caught -> caught.violation().isEmpty()).count();
        Console.say(catches.size() - missed + " of " + catches.size() + " seeded bugs were caught.");
        return missed == 0;
    }
}
