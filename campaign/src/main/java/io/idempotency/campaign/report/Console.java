package io.idempotency.campaign.report;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Where a campaign says how far it is. */
public final class Console {

    private Console() {}

    /** Says a line. */
    @SuppressWarnings("SystemOut") // read by whoever started the campaign, and by no logger
    public static void say(String line) {
        System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
