package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ResponseContent.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found again, for how long, and what has to go when there is no room. */
@Timeout(30)
class RecentCompletionsTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ENTRY = 2_000;

    /** Overflows in the middle of the tests, as {@link System#nanoTime} may. */
    private long now = Long.MAX_VALUE - 3;

    private final RecentCompletions recent = new RecentCompletions(16 * ENTRY, MAX_AGE, () -> now);

    @Test
    void recordIsFoundAsItWasLearnt() {
        Completed learnt = new Completed(Samples.fingerprint(1, 7), response(0), Duration.ofSeconds(5), DAY);
        recent.remember(Samples.key("key"), learnt, now);

        assertThat(found("key")).isEqualTo(learnt);
        assertThat(found("other")).isNull();
    }

    @Test
    void ageGrowsAndWhatRemainsShrinksFromWhenTheStoreWasAsked() {
        long asked = now;
        advance(Duration.ofMillis(2));
        Completed learnt = new Completed(Samples.fingerprint(1, 7), response(0), Duration.ofSeconds(5), DAY);
        recent.remember(Samples.key("key"), learnt, asked);
        advance(Duration.ofMillis(1));

        assertThat(found("key").age()).isEqualTo(Duration.ofMillis(5_003));
        assertThat(found("key").remaining()).isEqualTo(DAY.minusMillis(3));
    }

    @Test
    void recordIsForgottenAtItsGreatestAge() {
        remember("key", DAY);

        advance(MAX_AGE.minusNanos(1));
        assertThat(found("key")).isNotNull();
        advance(Duration.ofNanos(1));
        assertThat(found("key")).isNull();
    }

    @Test
    void recordIsForgottenWhenItsRetentionIsOver() {
        remember("key", Duration.ofSeconds(1));

        advance(Duration.ofNanos(999_999_999));
        assertThat(found("key")).isNotNull();
        advance(Duration.ofNanos(1));
        assertThat(found("key")).isNull();
    }

    @Test
    void timeThatTheStoreTookToAnswerCounts() {
        long asked = now;
        advance(Duration.ofSeconds(1));
        recent.remember(Samples.key("late"), completed(0, Duration.ofSeconds(1)), asked);
        recent.remember(Samples.key("in time"), completed(0, Duration.ofSeconds(2)), asked);

        assertThat(found("late")).isNull();
        advance(Duration.ofNanos(999_999_999));
        assertThat(found("in time")).isNotNull();
        advance(Duration.ofNanos(1));
        assertThat(found("in time")).isNull();
    }

    @Test
    void retentionOfACenturyIsNoTrouble() {
        remember("key", Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(found("key")).isNotNull();
    }

    @Test
    void recordThatIsLearntAgainIsFoundAnew() {
        remember("key", DAY);
        advance(MAX_AGE);
        Completed next = new Completed(Samples.fingerprint(1, 8), response(0), Duration.ZERO, DAY);
        recent.remember(Samples.key("key"), next, now);

        assertThat(found("key")).isEqualTo(next);
    }

    @Test
    void recordThatReplacedAnotherIsNotForgottenWithIt() {
        remember("key", Duration.ofSeconds(1));
        advance(Duration.ofSeconds(9));
        remember("key", DAY);
        advance(Duration.ofSeconds(1));
        remember("another", DAY);

        assertThat(found("key")).isNotNull();
    }

    @Test
    void oldestIsForgottenWhenThereIsNoRoomForTheNext() {
        IntStream.range(0, 16).forEach(i -> remember("key" + i, DAY));
        assertThat(found("key0")).isNotNull();

        remember("key16", DAY);

        assertThat(found("key0")).isNull();
        assertThat(IntStream.rangeClosed(1, 16))
                .allSatisfy(i -> assertThat(found("key" + i)).isNotNull());
    }

    @Test
    void onlyAsManyAreForgottenAsAreInTheWay() {
        IntStream.range(0, 32).forEach(i -> rememberBytes("key" + i, ENTRY / 2));

        rememberBytes("large", ENTRY);

        assertThat(found("key0")).isNull();
        assertThat(found("key1")).isNull();
        assertThat(found("key2")).isNotNull();
        assertThat(found("large")).isNotNull();
    }

    @Test
    void recordsThatAreOverMakeRoomFirst() {
        IntStream.range(0, 10).forEach(i -> remember("old" + i, DAY));
        advance(MAX_AGE.dividedBy(2));
        IntStream.range(0, 6).forEach(i -> remember("young" + i, DAY));
        advance(MAX_AGE.dividedBy(2));
        IntStream.range(0, 10).forEach(i -> remember("new" + i, DAY));

        assertThat(IntStream.range(0, 6))
                .allSatisfy(i -> assertThat(found("young" + i)).isNotNull());
        assertThat(IntStream.range(0, 10))
                .allSatisfy(i -> assertThat(found("new" + i)).isNotNull());
    }

    @Test
    void roomOfAReplacedRecordIsHadAgain() {
        for (int i = 0; i < 1_000; i++) {
            remember("key", DAY);
        }
        IntStream.range(0, 16).forEach(i -> remember("key" + i, DAY));

        assertThat(IntStream.range(0, 16))
                .allSatisfy(i -> assertThat(found("key" + i)).isNotNull());
    }

    @Test
    void responseLargerThanASixteenthOfTheRoomIsNotRemembered() {
        rememberBytes("largest", ENTRY);
        rememberBytes("too large", ENTRY + 1);

        assertThat(found("largest")).isNotNull();
        assertThat(found("too large")).isNull();
    }

    @Test
    void nothingIsRememberedWithoutRoom() {
        RecentCompletions none = RecentCompletions.none();
        none.remember(Samples.key("key"), completed(0, DAY), none.now());

        assertThat(none.find(Samples.key("key"))).isNull();
    }

    @Test
    void roomIsFilledExactlyWhoeverFillsIt() throws Exception {
        int threads = 8;
        RecentCompletions shared = new RecentCompletions(16L * 100 * ENTRY, MAX_AGE, () -> now);
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                ends.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 2_000; i++) {
                        shared.remember(Samples.key(number + "-" + i), completed(ENTRY - Footprint.RECORD, DAY), now);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(20, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        long left = IntStream.range(0, threads)
                .boxed()
                .flatMap(thread -> IntStream.range(0, 2_000).mapToObj(i -> Samples.key(thread + "-" + i)))
                .filter(key -> shared.find(key) != null)
                .count();
        assertThat(left).isEqualTo(1_600);
    }

    private void remember(String key, Duration remaining) {
        recent.remember(Samples.key(key), completed(ENTRY - Footprint.RECORD, remaining), now);
    }

    private void rememberBytes(String key, int footprint) {
        recent.remember(Samples.key(key), completed(footprint - Footprint.RECORD, DAY), now);
    }

    private static Completed completed(int body, Duration remaining) {
        return new Completed(Samples.fingerprint(1, 7), response(body), Duration.ZERO, remaining);
    }

    private static StoredResponse response(int body) {
        return new StoredResponse(201, List.of(), new Body(new byte[body]));
    }

    private Completed found(String key) {
        KeyRecord record = recent.find(Samples.key(key));
        return record == null ? null : (Completed) record.classify(record.fingerprint());
    }

    private void advance(Duration duration) {
        now += duration.toNanos();
    }
}
