package io.idempotency.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a request costs in statements, commits and bytes of the write-ahead log, on any machine. */
@Timeout(300)
class CountsTest {

    private static final String NONE = Variant.NO_LIBRARY.label();
    private static final String BY_HAND = Variant.BY_HAND.label();
    private static final String OURS = Variant.TRANSACTIONAL.label();
    private static final String LEASED = Variant.LEASED.label();
    private static final String FROM_DATABASE = Variant.WITHOUT_MEMORY.label();

    /** What the server does on its own account, spread over the requests. */
    private static final Offset<Double> STRAY = within(0.02);

    private static Server server;
    private static Subjects subjects;
    private static Stage stage;
    private static Scenarios scenarios;
    private static Result fresh;

    @BeforeAll
    static void start() throws IOException {
        server = Server.start(Path.of("target"));
        subjects = new Subjects(server, Variant.values());
        stage = new Stage(server, 0);
        scenarios = new Scenarios(subjects, Arguments.parse("--quick"));
        fresh = stage.count(scenarios.fresh());
    }

    @AfterAll
    static void stop() {
        subjects.close();
        server.close();
    }

    @Test
    void freshKeyCostsNoCommitOfItsOwn() {
        assertThat(value(fresh, OURS, Measure.WRITTEN)).isCloseTo(1, STRAY);
        assertThat(value(fresh, OURS, Measure.COMMITS)).isCloseTo(value(fresh, NONE, Measure.COMMITS), STRAY);
        assertThat(value(fresh, OURS, Measure.ROLLBACKS)).isCloseTo(0, STRAY);
        assertThat(value(fresh, OURS, Measure.FSYNCS_ALONE))
                .isLessThanOrEqualTo(value(fresh, NONE, Measure.FSYNCS_ALONE) + STRAY.value);
    }

    @Test
    void freshKeyCostsAtMostTwoStatements() {
        assertThat(value(fresh, NONE, Measure.STATEMENTS)).isCloseTo(1, STRAY);
        assertThat(value(fresh, BY_HAND, Measure.STATEMENTS)).isCloseTo(3, STRAY);
        assertThat(value(fresh, OURS, Measure.STATEMENTS)).isLessThanOrEqualTo(3 + STRAY.value);
    }

    @Test
    void leasedKeyCostsOneCommitMore() {
        assertThat(value(fresh, LEASED, Measure.WRITTEN)).isCloseTo(2, STRAY);
        assertThat(value(fresh, LEASED, Measure.STATEMENTS)).isLessThanOrEqualTo(4 + STRAY.value);
    }

    @Test
    void freshKeyWritesLittleToTheLog() {
        assertThat(value(fresh, OURS, Measure.WAL)).isLessThanOrEqualTo(800);
    }

    @Test
    void replayCostsAtMostOneStatementAndWritesNothing() {
        Result counted = stage.count(scenarios.replays());

        assertThat(value(counted, FROM_DATABASE, Measure.STATEMENTS)).isLessThanOrEqualTo(1);
        assertThat(value(counted, OURS, Measure.STATEMENTS)).isLessThanOrEqualTo(1);
        assertThat(value(counted, OURS, Measure.WRITTEN)).isZero();
        assertThat(value(counted, OURS, Measure.FSYNCS_ALONE)).isZero();
    }

    @Test
    void unguardedEndpointDoesNotReachTheDatabase() {
        Result counted = stage.count(scenarios.unguarded(Scenarios.UNGUARDED_BELOW, "/payments/quotes"));

        assertThat(value(counted, OURS, Measure.STATEMENTS)).isZero();
        assertThat(value(counted, OURS, Measure.COMMITS)).isZero();
        assertThat(value(counted, OURS, Measure.ROLLBACKS)).isZero();
    }

    @Test
    void tableOfRecordsIsFilledAsRequestsWouldFillIt() {
        Subject subject = subjects.of(Variant.WITHOUT_MEMORY);
        Load.run(subject, new Fresh(Payload.json(200)), 1, Until.requests(1));
        RecordTable table = new RecordTable(subject.database());

        table.fill(1_000, 200);

        assertThat(table.over()).isEqualTo(200);
    }

    private static double value(Result result, String label, Measure measure) {
        return result.value(label, measure).median();
    }
}
