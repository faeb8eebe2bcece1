package io.idempotency.benchmarks;

import static io.idempotency.benchmarks.Variant.BY_HAND;
import static io.idempotency.benchmarks.Variant.LEASED;
import static io.idempotency.benchmarks.Variant.NO_LIBRARY;
import static io.idempotency.benchmarks.Variant.TRANSACTIONAL;
import static io.idempotency.benchmarks.Variant.WITHOUT_MEMORY;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is compared on small tables. */
final class Scenarios {

    /** As they are called on the command line. */
    static final Set<String> NAMES = Set.of("fresh", "replays", "mixed", "storm", "one-key", "unguarded", "bodies");

    static final String FRESH = "Fresh keys";
    static final String REPLAYS = "Replays of completed keys";
    static final String STORM = "Storms of 16 simultaneous copies";
    static final String ONE_KEY = "A long storm of replays of one key";
    static final String UNGUARDED = "An unguarded endpoint";
    static final String UNGUARDED_BELOW = "An unguarded endpoint below a guarded one's path";

    private static final Variant[] WITH_LEASED = {NO_LIBRARY, BY_HAND, TRANSACTIONAL, LEASED};
    private static final Variant[] THREE = {NO_LIBRARY, BY_HAND, TRANSACTIONAL};
    private static final Variant[] FOUR = {NO_LIBRARY, BY_HAND, TRANSACTIONAL, WITHOUT_MEMORY};
    private static final int SMALL = 200;
    private static final int KEYS = 1000;

    private final Subjects subjects;
    private final Arguments arguments;
    private final Payload small = Payload.json(SMALL);

    Scenarios(Subjects subjects, Arguments arguments) {
        this.subjects = subjects;
        this.arguments = arguments;
    }

    /** Those that were asked for, in the order of the report. */
    List<Scenario> chosen() {
        List<Scenario> all = new ArrayList<>();
        add(all, "fresh", fresh().times(3));
        add(all, "replays", replays());
        add(all, "mixed", mixed());
        add(all, "storm", storm());
        add(all, "one-key", oneKey());
        add(all, "unguarded", unguarded(UNGUARDED, "/plain").times(4));
        add(all, "unguarded", unguarded(UNGUARDED_BELOW, "/payments/quotes").times(4));
        bodies().forEach(scenario -> add(all, "bodies", scenario));
        return all;
    }

    private void add(List<Scenario> all, String name, Scenario scenario) {
        if (arguments.wants(name)) {
            all.add(scenario);
        }
    }

    Scenario fresh() {
        return scenario(
                FRESH,
                "Every request has a key of its own and 200 bytes of JSON.",
                subjects.series((variant, subject) -> new Fresh(small), WITH_LEASED));
    }

    Scenario replays() {
        return scenario(
                REPLAYS,
                "Every request repeats one of " + KEYS
                        + " that were completed just before. Without the library each is one more"
                        + " payment, so its row is the throughput of fresh keys.",
                subjects.series(this::repeating, FOUR));
    }

    private Workload repeating(Variant variant, Subject subject) {
        return variant.keyed() ? new Replays(small, KEYS) : new Fresh(small);
    }

    Scenario mixed() {
        return scenario(
                "Nine fresh keys and one retry",
                "One request of ten repeats one of the last 64 of the same client.",
                subjects.series((variant, subject) -> new Mixed(small), WITH_LEASED));
    }

    Scenario storm() {
        return scenario(
                STORM,
                "All 16 clients send the same new request at once; the next storm begins when all are answered. One of the copies"
                        + " executes; the others wait for it by hand, and get 409 or the replay with the library.",
                subjects.series((variant, subject) -> new Storm(small), WITH_LEASED));
    }

    Scenario oneKey() {
        return scenario(
                ONE_KEY,
                "All clients repeat one completed request, over and over.",
                subjects.series(
                        (variant, subject) -> variant.keyed() ? new Replays(small, 1) : new Fresh(small), FOUR));
    }

    Scenario unguarded(String title, String path) {
        Payload payload = Payload.json(path, SMALL);
        return scenario(
                title,
                "A controller without a database at `POST " + path
                        + "`, in an application with the library and without.",
                subjects.series((variant, subject) -> new Plain(payload), NO_LIBRARY, TRANSACTIONAL));
    }

    private List<Scenario> bodies() {
        int kilobytes = 10_000;
        int megabyte = 1_000_000;
        return List.of(
                body("JSON, 10 kB", Payload.json(kilobytes)),
                body("JSON, 1 MB", Payload.json(megabyte)),
                body("Form, 200 B", Payload.form(SMALL)),
                body("Form, 10 kB", Payload.form(kilobytes)),
                body("Form, 1 MB", Payload.form(megabyte)),
                body("Multipart, smallest", Payload.multipart(SMALL)),
                body("Multipart, 10 kB", Payload.multipart(kilobytes)),
                body("Multipart, 1 MB", Payload.multipart(megabyte)));
    }

    private Scenario body(String title, Payload payload) {
        return new Scenario(
                title,
                "Fresh keys with a body of " + payload.size() + " bytes.",
                subjects.series((variant, subject) -> new Fresh(payload), THREE),
                Math.min(arguments.counted(), 20_000_000 / payload.size() + 300),
                arguments.slice().dividedBy(3));
    }

    private Scenario scenario(String title, String explanation, List<Series> series) {
        return new Scenario(title, explanation, series, arguments.counted(), arguments.slice());
    }
}
