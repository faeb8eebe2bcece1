package io.idempotency.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what there is to say about speed, and writes it down. */
public final class Benchmarks {

    private static final Path TARGET = Path.of("target");
    private static final Path PUBLISHED = Path.of("..", "docs", "performance.md");
    private static final Path PARTIAL = TARGET.resolve("performance.md");

    private final Arguments arguments;
    private final Findings findings = new Findings();

    private Benchmarks(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Runs in the module's directory; see its README for the arguments. */
    public static void main(String[] arguments) throws Exception {
        new Benchmarks(Arguments.parse(arguments)).run();
    }

    private void run() throws Exception {
        String conditions;
        try (Server server = Server.start(TARGET)) {
            conditions = Conditions.of(server, arguments);
            System.out.println(conditions);
            applications(server);
            protocols(server);
            largeTable(server);
            startUp(server);
        }
        microbenchmarks();
        String report = Report.of(conditions, findings);
        Path file = arguments.report() != null ? arguments.report() : arguments.complete() ? PUBLISHED : PARTIAL;
        Report.write(file, report);
        System.out.println(Goals.table(findings));
        System.out.println("The report is in " + file.toAbsolutePath().normalize() + ".");
    }

    private void applications(Server server) {
        if (!arguments.wantsOneOf(Scenarios.NAMES)) {
            return;
        }
        try (Subjects subjects = new Subjects(server, Variant.values())) {
            Scenarios scenarios = new Scenarios(subjects, arguments);
            Stage stage = new Stage(server, arguments.rounds());
            Duration compilation = arguments.slice().multipliedBy(8);
            scenarios.replays().series().forEach(series -> stage.warmUp(series, compilation));
            scenarios.fresh().series().forEach(series -> stage.warmUp(series, compilation));
            scenarios.chosen().forEach(scenario -> found(stage.measure(scenario)));
        }
    }

    private void protocols(Server server) throws Exception {
        if (arguments.wants("protocols")) {
            String table = new Protocols(server, arguments.rounds(), arguments.slice()).measure();
            findings.addProtocols(table);
            System.out.println(table);
        }
    }

    private void largeTable(Server server) {
        if (arguments.wantsOneOf(Set.of("large", "purge"))) {
            new LargeTable(server, arguments)
                    .measure(new Stage(server, arguments.rounds()))
                    .forEach(this::found);
        }
    }

    private void found(Result result) {
        findings.add(result);
        System.out.println(Report.section(result));
    }

    private void startUp(Server server) throws IOException, InterruptedException {
        if (arguments.wants("startup")) {
            StartUp.Times times = new StartUp(server.newDatabase("start_up"), arguments.quick() ? 1 : 15).measure();
            findings.add(times);
            System.out.println(Report.section(times));
        }
    }

    private void microbenchmarks() throws RunnerException {
        if (arguments.wants("micro")) {
            findings.add(Microbenchmarks.run(arguments.quick()));
            System.out.println(Microbenchmarks.table(findings.microbenchmarks()));
        }
    }
}
