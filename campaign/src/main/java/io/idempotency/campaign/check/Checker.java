package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges histories by the guarantees.
 *
 * <p>A history is asked for what the library promises while a record is retained, so a retention has to be over, by the database's
 * clock, before a request of the next generation is sent, and no request of the one before may still be under way then. The effect of
 * an execution is made in the transaction that completes its request.
 *
 * <p>Immutable and thread-safe.
 */
public final class Checker {

    private static final List<Law> LAWS = List.of(
            new Law(Guarantee.G1, new OneEffect()),
            new Law(Guarantee.G2, new TrueAnswers()),
            new Law(Guarantee.G2, new LastingAnswers()),
            new Law(Guarantee.G3, new OneAnswer()),
            new Law(Guarantee.G3, new HonestMarkers()),
            new Law(Guarantee.G4, new OneRequest()),
            new Law(Guarantee.G4, new HonestRetries()),
            new Law(Guarantee.G5, new OnePrincipal()),
            new Law(Guarantee.G6, new FreedKeys()),
            new Law(Guarantee.G6, new Settled()),
            new Law(Guarantee.G7, new OneHandler()),
            new Law(Guarantee.WIRE, new DocumentedAnswers()));

    private final Function<Subject, Expectations> expectations;

    /** Expects the same of every subject. */
    Checker(Expectations expectations) {
        this(subject -> expectations);
    }

    /** Expects of a subject what its endpoint promises. */
    public Checker(Function<Subject, Expectations> expectations) {
        this.expectations = expectations;
    }

    /**
     * Judges the history of one subject.
     *
     * @param subject whose history it is
     * @param events what happened, in order
     * @return a violation for every guarantee that was broken, in the order of the guarantees
     * @throws IllegalArgumentException if a request was sent twice, answered twice, or answered before it was sent
     */
    List<Violation> check(Subject subject, List<Event> events) {
        return judge(new Case(subject, events, expectations.apply(subject)));
    }

    /** Judges the histories of all subjects, each by itself and all together, and counts what they hold. */
    public Verdict judge(Map<Subject, List<Event>> history) {
        Owners owners = new Owners(history);
        Tally tally = Tally.NONE;
        List<Violation> violations = new ArrayList<>();
        for (Map.Entry<Subject, List<Event>> entry : history.entrySet()) {
            Subject subject = entry.getKey();
            Case known = new Case(subject, entry.getValue(), expectations.apply(subject));
            tally = tally.plus(Tally.of(known));
            List<Violation> own = judge(known);
            violations.addAll(own);
            if (own.stream().noneMatch(violation -> violation.guarantee() == Guarantee.G5)) {
                owners.trespass(known).ifPresent(violations::add);
            }
        }
        return new Verdict(tally, violations);
    }

    private static List<Violation> judge(Case known) {
        List<Violation> violations = new ArrayList<>();
        Set<Guarantee> broken = EnumSet.noneOf(Guarantee.class);
        for (Law law : LAWS) {
            if (!broken.contains(law.guarantee())) {
                List<String> breaches = law.rule().breaches(known);
                if (!breaches.isEmpty()) {
                    broken.add(law.guarantee());
                    violations.add(law.violation(known, breaches.get(0)));
                }
            }
        }
        return violations;
    }

    /** A rule, and the guarantee that is broken where it is. */
    private record Law(Guarantee guarantee, Rule rule) {

        Violation violation(Case known, String what) {
            List<Event> smallest = Smallest.of(
                    known.events(),
                    fewer -> rule.breaches(new Case(known.subject(), fewer, known.expectations()))
                            .contains(what));
            return new Violation(guarantee, known.subject(), what, smallest);
        }
    }
}
