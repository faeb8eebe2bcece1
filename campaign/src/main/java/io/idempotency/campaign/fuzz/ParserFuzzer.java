package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.fuzz.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives one target inputs that it makes from those that took a way of their own. */
final class ParserFuzzer {

    private static final int MOST_KEPT = 2000;
    private static final int MOST_FINDINGS = 20;

    /** Nothing that is done with one input takes more than a moment; this much is only reached by what never ends. */
    private static final Duration MOST_FOR_ONE = Duration.ofMinutes(1);

    private final Target target;
    private final Choice choice;
    private final Mutator mutator;
    private final List<Corpus.Case> kept = new ArrayList<>();
    private final List<String> all = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final Set<String> features = new HashSet<>();
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
    private Thread worker = new Thread();
    private volatile String current = "";
    private final AtomicLong done = new AtomicLong();

    ParserFuzzer(Target target, long seed) {
        this.target = target;
        this.choice = Choice.of(seed, target.name().hashCode());
        this.mutator = new Mutator(target.tokens(), target.maxLength());
    }

    /** Begins on a thread of its own, so that an input which is never done with is a finding as well. */
    void start(long executions) {
        worker = new Thread(() -> work(executions), "fuzz-" + target.name());
        worker.setDaemon(true);
        worker.start();
    }

    /** Waits until all is done, or nothing is done any more. */
    void await() {
        long before = -1;
        while (worker.isAlive()) {
            long now = done.get();
            if (now == before) {
                findings.add(target.name() + ": not done with an input after " + MOST_FOR_ONE.toSeconds() + " s: "
                        + Latin1.shown(current));
                return;
            }
            before = now;
            join(worker);
        }
    }

    private static void join(Thread worker) {
        try {
            worker.join(MOST_FOR_ONE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void work(long executions) {
        List<String> seeds = new ArrayList<>(target.seeds());
        Corpus.committed(target.name()).forEach(known -> seeds.add(known.input()));
        for (String seed : seeds) {
            execute(seed);
        }
        while (done.get() < executions && findings.size() < MOST_FINDINGS) {
            execute(mutator.mutate(parent(), parent(), choice));
        }
    }

    /** Most of the time one that is taken: what is refused already seldom becomes more interesting. */
    private String parent() {
        List<String> several = taken.isEmpty() || choice.oneIn(5) ? all : taken;
        return several.isEmpty() ? "" : choice.from(several);
    }

    private void execute(String input) {
        current = input;
        Outcome outcome = outcome(input);
        done.incrementAndGet();
        if (outcome == null) {
            return;
        }
        verdicts.merge(outcome.verdict(), 1L, Long::sum);
        boolean isNew = features.size() < MOST_KEPT && features.add(outcome.verdict() + outcome.feature());
        if (isNew && input.length() <= target.maxLength()) {
            keep(outcome.verdict(), input);
        }
    }

    private void keep(Verdict verdict, String input) {
        kept.add(new Corpus.Case(verdict.name(), input));
        all.add(input);
        if (verdict == Verdict.ACCEPTED) {
            taken.add(input);
        }
    }

    /** Whatever is thrown is a finding: parsers of what strangers send throw nothing that is not expected of them. */
    private @Nullable Outcome outcome(String input) {
        try {
            return target.run(input);
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
            StackTraceElement[] trace = e.getStackTrace();
            findings.add(target.name() + ": " + e + " at " + (trace.length == 0 ? "?" : trace[0]) + " for "
                    + Latin1.shown(input));
            return null;
        }
    }

    String line() {
        return String.format(
                "%-10s %,12d executions: %,d accepted, %,d refused, %,d fallback; %d ways, %d findings",
                target.name(),
                done.get(),
                verdict(Verdict.ACCEPTED),
                verdict(Verdict.REFUSED),
                verdict(Verdict.FALLBACK),
                features.size(),
                findings.size());
    }

    private long verdict(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    /** The inputs that took a way of their own. */
    List<Corpus.Case> kept() {
        return List.copyOf(kept);
    }
}
