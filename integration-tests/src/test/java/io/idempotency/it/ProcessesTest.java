package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Section L on real processes: the one that owns a key is killed or stopped, another one is asked. */
@Timeout(120)
class ProcessesTest {

    private static final String DATABASE = PostgresUnderTest.newDatabase().url();
    private static final JdbcTemplate JDBC = new JdbcTemplate(new DriverManagerDataSource(DATABASE));

    @TempDir
    private static Path directory;

    private static NodeProcess other;
    private static int started;

    private final String key = RunningApp.newKey();
    private final List<NodeProcess> owners = new ArrayList<>();

    @BeforeAll
    static void startOther() throws IOException {
        JDBC.execute(NodeApp.SCHEMA);
        other = start();
        // It has met a leased request before its first answer is looked at, so that no lease ends while it loads
        // classes.
        assertThat(other.post("/executing", RunningApp.newKey()).statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stopOther() {
        other.close();
    }

    @BeforeEach
    void empty() {
        JDBC.execute("TRUNCATE idempotency_record");
    }

    @AfterEach
    void stopOwners() {
        owners.forEach(NodeProcess::close);
    }

    @Test
    void killedOwnersKeyIsTakenOverWhenItsLeaseEnds() throws Exception {
        NodeProcess owner = startOwner();
        owner.postPausedAt("running", "/executing", key);
        kill(owner);
        OffsetDateTime leaseEnds = leaseEnds();

        List<HttpResponse<String>> answers = retryUntilSettled("/executing", key);

        assertThat(answers).hasSizeGreaterThan(1);
        assertThat(last(answers).statusCode()).isEqualTo(201);
        assertThat(last(answers).body()).isEqualTo("booked by attempt 2");
        assertThat(effects(key)).containsExactly("attempt 2");
        assertThat(tookPlaceAt(key)).isAfterOrEqualTo(leaseEnds);
        assertReplayed(other, "/executing", last(answers));
        assertRecords(1, 0);
    }

    @Test
    void killedOwnersKeyIsRefusedAfterItsLeaseWhereThatIsDeclared() throws Exception {
        NodeProcess owner = startOwner();
        owner.postPausedAt("completing", "/refusing", key);
        kill(owner);

        List<HttpResponse<String>> answers = retryUntilSettled("/refusing", key);

        assertThat(answers).hasSizeGreaterThan(1);
        assertThat(last(answers).statusCode()).isEqualTo(409);
        assertThat(last(answers).body()).contains("\"code\":\"outcome-unknown\"");
        assertThat(effects(key)).isEmpty();
        assertRecords(0, 1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ownerThatWasStoppedPastItsLeaseCannotComplete() throws Exception {
        NodeProcess owner = startOwner();
        CompletableFuture<HttpResponse<String>> stale = owner.postPausedAt("running", "/executing", key);
        owner.stop();
        HttpResponse<String> taken = last(retryUntilSettled("/executing", key));
        owner.goOn();
        owner.resume();

        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(taken.body()).isEqualTo("booked by attempt 2");
        assertClaimLost(stale);
        assertThat(effects(key)).containsExactly("attempt 2");
        assertReplayed(owner, "/executing", taken);
        assertReplayed(other, "/executing", taken);
        assertRecords(1, 0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ownerThatWasStoppedPastItsLeaseCannotRunItsNextStep() throws Exception {
        NodeProcess owner = startOwner();
        CompletableFuture<HttpResponse<String>> stale = owner.postPausedAt("after step 1", "/steps", key);
        owner.stop();
        HttpResponse<String> taken = last(retryUntilSettled("/steps", key));
        owner.goOn();
        owner.resume();

        assertThat(taken.body()).isEqualTo("steps of attempts [1, 2, 2]");
        assertClaimLost(stale);
        assertThat(effects(key)).containsExactly("step 1", "step 2", "step 3");
        assertReplayed(owner, "/steps", taken);
        assertReplayed(other, "/steps", taken);
        assertRecords(1, 0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ownerThatWasStoppedInsideItsLastTransactionCompletes() throws Exception {
        NodeProcess owner = startOwner();
        CompletableFuture<HttpResponse<String>> first = owner.postPausedAt("completing", "/executing", key);
        owner.stop();
        await().atMost(NodeProcess.BOUND).until(ProcessesTest::leaseIsOver);
        HttpResponse<String> duplicate = other.post("/executing", key);
        owner.goOn();
        owner.resume();

        assertInProgress(duplicate);
        HttpResponse<String> completed = answer(first);
        assertThat(completed.statusCode()).isEqualTo(201);
        assertThat(completed.body()).isEqualTo("booked by attempt 1");
        assertThat(effects(key)).containsExactly("attempt 1");
        assertReplayed(owner, "/executing", completed);
        assertReplayed(other, "/executing", completed);
        assertRecords(1, 0);
    }

    @Test
    void everyAttemptGoesOnBehindTheStepAfterWhichTheOneBeforeWasKilled() throws Exception {
        for (int step = 1; step <= NodeApp.STEPS; step++) {
            NodeProcess owner = startOwner();
            await().atMost(NodeProcess.BOUND).until(ProcessesTest::leaseIsOver);
            owner.postPausedAt("after step " + step, "/steps", key);
            kill(owner);
        }

        assertThat(last(retryUntilSettled("/steps", key)).body()).isEqualTo("steps of attempts [1, 2, 3]");
        assertThat(effects(key)).containsExactly("step 1", "step 2", "step 3");
        assertRecords(1, 0);
    }

    @Test
    void everyStepTakesEffectOnceWhereverItsProcessIsKilled() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("in step 1", "[2, 2, 2]");
        expected.put("after step 1", "[1, 2, 2]");
        expected.put("in step 2", "[1, 2, 2]");
        expected.put("after step 2", "[1, 1, 2]");
        expected.put("in step 3", "[1, 1, 2]");
        expected.put("after step 3", "[1, 1, 1]");
        NodeProcess owner = startOwner();
        expected.keySet().forEach(point -> owner.postPausedAt(point, "/steps", keyOf(point)));
        kill(owner);

        expected.forEach((point, attempts) -> {
            HttpResponse<String> answer = last(retryUntilSettled("/steps", keyOf(point)));
            assertThat(answer.body()).as(point).isEqualTo("steps of attempts " + attempts);
            assertThat(effects(keyOf(point))).as(point).containsExactly("step 1", "step 2", "step 3");
        });
        assertRecords(expected.size(), 0);
    }

    private String keyOf(String point) {
        return key + "/" + point.replace(' ', '-');
    }

    private NodeProcess startOwner() throws IOException {
        NodeProcess owner = start();
        owners.add(owner);
        return owner;
    }

    private static NodeProcess start() throws IOException {
        return NodeProcess.start("node-" + ++started, DATABASE, directory);
    }

    /** What the process had sent before its end is done when the server has none of its connections left. */
    private static void kill(NodeProcess owner) throws InterruptedException {
        assertThat(connections(owner)).isPositive();
        owner.kill();
        await().atMost(NodeProcess.BOUND).until(() -> connections(owner) == 0);
    }

    private static long connections(NodeProcess node) {
        return count("SELECT count(*) FROM pg_stat_activity WHERE application_name = ?", node.name());
    }

    /** Asks the other node until it says something else than that the key is in progress; all of its answers. */
    private static List<HttpResponse<String>> retryUntilSettled(String path, String key) {
        List<HttpResponse<String>> answers = new ArrayList<>();
        await().atMost(NodeProcess.BOUND).until(() -> {
            answers.add(other.post(path, key));
            return !isInProgress(last(answers));
        });
        return answers;
    }

    private static void assertClaimLost(CompletableFuture<HttpResponse<String>> stale) throws Exception {
        HttpResponse<String> refused = answer(stale);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"claim-lost\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    private void assertReplayed(NodeProcess node, String path, HttpResponse<String> first) {
        HttpResponse<String> replay = node.post(path, key);
        assertThat(replay.statusCode()).isEqualTo(first.statusCode());
        assertThat(replay.body()).isEqualTo(first.body());
        assertThat(replay.headers().firstValue(RunningApp.REPLAYED)).contains("true");
    }

    private static void assertRecords(int completed, int open) {
        assertThat(count("SELECT count(*) FROM idempotency_record WHERE completed_at IS NOT NULL"))
                .isEqualTo(completed);
        assertThat(count("SELECT count(*) FROM idempotency_record WHERE completed_at IS NULL"))
                .isEqualTo(open);
    }

    private static void assertInProgress(HttpResponse<String> answer) {
        assertThat(isInProgress(answer)).as(answer.body()).isTrue();
    }

    private static boolean isInProgress(HttpResponse<String> answer) {
        return answer.statusCode() == 409 && answer.body().contains("\"code\":\"request-in-progress\"");
    }

    private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> pending) throws Exception {
        return pending.get(NodeProcess.BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    private static HttpResponse<String> last(List<HttpResponse<String>> answers) {
        return answers.get(answers.size() - 1);
    }

    private static List<String> effects(String key) {
        return JDBC.queryForList("SELECT what FROM effect WHERE request = ? ORDER BY id", String.class, key);
    }

    private static OffsetDateTime tookPlaceAt(String key) {
        return JDBC.queryForObject("SELECT took_place_at FROM effect WHERE request = ?", OffsetDateTime.class, key);
    }

    private static OffsetDateTime leaseEnds() {
        return JDBC.queryForObject("SELECT lease_until FROM idempotency_record", OffsetDateTime.class);
    }

    private static boolean leaseIsOver() {
        return count("SELECT count(*) FROM idempotency_record WHERE lease_until > now()") == 0;
    }

    private static long count(String query, Object... arguments) {
        Long count = JDBC.queryForObject(query, Long.class, arguments);
        return count == null ? 0 : count;
    }
}
