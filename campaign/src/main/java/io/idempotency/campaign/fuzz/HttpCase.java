package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done over one socket.
 *
 * @param name what was done to the request
 * @param wire the bytes that are sent, a character each
 * @param ending what comes after them
 * @param copies how many sockets do the same at the same time
 * @param pieces into how many pieces the bytes are cut
 */
record HttpCase(List<String> name, String wire, Ending ending, int copies, int pieces) {

    private static final int REUSED_BEFORE = 40;

    /** What a client does when it has sent everything. */
    enum Ending {
        HALF_CLOSED,
        OPEN,
        CLOSED,
        RESET
    }

    /** The request of a run that has this number: the same one whenever the run is repeated. */
    static HttpCase of(long seed, long number) {
        Choice choice = Choice.of(seed, number);
        long keyOf = choice.oneIn(12) ? Math.max(0, number - choice.below(REUSED_BEFORE)) : number;
        HttpDraft draft = new HttpDraft(
                choice.from(List.of(FuzzedEndpoint.values())), "fuzz-" + Long.toHexString(seed) + "-" + keyOf, choice);
        List<String> name = new ArrayList<>();
        for (int left = choice.below(4); left > 0; left--) {
            HttpMutation mutation = choice.from(List.of(HttpMutation.values()));
            mutation.apply(draft, choice);
            name.add(mutation.name());
        }
        String wire = draft.wire();
        if (choice.oneIn(8)) {
            wire = OddParts.WIRES.mutate(
                    wire, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b", choice);
            name.add("RAW");
        }
        int copies = choice.oneIn(5) ? 2 + choice.below(2) : 1;
        return new HttpCase(name, wire, ending(choice), copies, choice.oneIn(6) ? 2 + choice.below(4) : 1);
    }

    /** One that is committed. */
    static HttpCase replayed(String wire) {
        return new HttpCase(List.of("COMMITTED"), wire, Ending.HALF_CLOSED, 1, 1);
    }

    private static Ending ending(Choice choice) {
        if (choice.oneIn(500)) {
            return Ending.OPEN;
        }
        return choice.oneIn(20) ? choice.from(List.of(Ending.CLOSED, Ending.RESET)) : Ending.HALF_CLOSED;
    }
}
