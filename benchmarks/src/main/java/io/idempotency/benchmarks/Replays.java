package io.idempotency.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Every request repeats one that was completed shortly before. */
final class Replays implements Workload {

    private static final Set<Answer> REPLAYED = Set.of(Answer.REPLAYED);

    private final Payload payload;
    private final int count;
    private List<String> keys = List.of();

    /** Repeats that many requests, over and over. */
    Replays(Payload payload, int count) {
        this.payload = payload;
        this.count = count;
    }

    @Override
    public Payload payload() {
        return payload;
    }

    @Override
    public void prepare(Subject subject) {
        keys = Stream.generate(Keys::fresh).limit(count).toList();
        Load.run(subject, new Firsts(payload, keys), Math.min(count, Load.CLIENTS), Until.requests(count));
    }

    @Override
    public Calls calls(Subject subject, int threads, Until until) {
        List<Call> calls = keys.stream().map(key -> new Call(key, REPLAYED)).toList();
        return thread -> until.more() ? calls.get(ThreadLocalRandom.current().nextInt(calls.size())) : null;
    }
}
