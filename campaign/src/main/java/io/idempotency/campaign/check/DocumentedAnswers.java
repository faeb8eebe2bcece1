package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Only documented answers, and each with the headers that its documentation names. */
final class DocumentedAnswers implements Rule {

    private static final String MARKER = "idempotent-replayed";
    private static final List<String> NO_STORE = List.of("no-store");

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        Set<String> released = new HashSet<>();
        for (Exchange exchange : known.answered()) {
            Said said = exchange.answer();
            String flaw = flaw(said, known.expectations());
            if (said.kind() == Kind.RELEASED && !released.add(said.execution())) {
                flaw = "is never kept, and came again from execution " + said.execution();
            }
            if (!flaw.isEmpty()) {
                breaches.add("The answer %s to request %d %s.".formatted(said.label(), exchange.request(), flaw));
            }
        }
        return breaches;
    }

    private static String flaw(Said said, Expectations expectations) {
        return switch (said.kind()) {
            case UNDOCUMENTED -> "is documented nowhere";
            case DAMAGED -> said.isReplay() ? "" : "has a content that no execution makes";
            case DONE, DECLINED -> said.isReplay() ? "" : flawOfKept(said);
            case RELEASED -> said.isReplay() ? "is marked as a replay, and is never kept" : repeated(said);
            default -> flawOfProblem(said, expectations);
        };
    }

    /** What is wrong with a replay that is looked at alone; empty if nothing is. */
    static String flawOfReplay(Said said) {
        if (said.kind() == Kind.DAMAGED) {
            return "has a content that no execution makes";
        }
        if (!header(said, MARKER).equals(List.of("true"))) {
            return "is marked " + header(said, MARKER);
        }
        if (!header(said, "cache-control").equals(NO_STORE)) {
            return "may be stored by a cache: " + header(said, "cache-control");
        }
        return flawOfKept(said);
    }

    private static String flawOfKept(Said said) {
        if (said.kind() == Kind.DONE) {
            List<String> location = header(said, "location");
            if (location.isEmpty() || !location.get(0).endsWith("/payments/" + said.execution())) {
                return "has the Location " + location;
            }
            if (header(said, "etag").isEmpty()) {
                return "has no ETag";
            }
        }
        return repeated(said);
    }

    private static String flawOfProblem(Said said, Expectations expectations) {
        if (said.kind() == Kind.ABANDONED && !expectations.outcomeUnknownIsFinal()) {
            return "is given only where nobody takes over";
        }
        if (said.isReplay()) {
            return "is marked as a replay";
        }
        List<String> type = header(said, "content-type");
        if (type.isEmpty() || !type.get(0).startsWith("application/problem+json")) {
            return "is no problem document, but " + type;
        }
        if (said.kind().asksForRetry() && !isSeconds(header(said, "retry-after"))) {
            return "does not say when to come back: " + header(said, "retry-after");
        }
        if (!header(said, "cache-control").equals(NO_STORE)) {
            return "may be stored by a cache: " + header(said, "cache-control");
        }
        return repeated(said);
    }

    /** Neither the application nor the library sends a header twice. */
    private static String repeated(Said said) {
        for (List<String> values : said.answer().headers().values()) {
            if (values.size() > 1) {
                return "has a header twice: " + new TreeMap<>(said.answer().headers());
            }
        }
        return "";
    }

    private static List<String> header(Said said, String name) {
        return said.answer().headers().getOrDefault(name, List.of());
    }

    /** RFC 9110, section 10.2.3; the library rounds up to a second. */
    private static boolean isSeconds(List<String> values) {
        return values.size() == 1
                && !values.get(0).isEmpty()
                && values.get(0).charAt(0) != '0'
                && values.get(0).chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
