package io.idempotency.campaign.check;

/** What a campaign tries to break. */
public enum Guarantee {
    G1("At most one effect of a key is committed while its record is retained, and its child key stays the same."),
    G2("Every acknowledged answer has its effect and its record, and a refused request has no effect."),
    G3("Every replay is the first answer; only the marker differs."),
    G4("A key that is reused with another request never executes, and an honest retry is never taken for one."),
    G5("No answer to one caller contains what was made for another."),
    G6("When the faults end, every key settles."),
    G7("At most one handler of a key runs at a time, on all nodes together."),
    WIRE("Every answer is one of those that are documented.");

    private final String sentence;

    Guarantee(String sentence) {
        this.sentence = sentence;
    }

    /** The guarantee in one sentence. */
    public String sentence() {
        return sentence;
    }
}
