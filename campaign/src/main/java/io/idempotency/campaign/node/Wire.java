package io.idempotency.campaign.node;

/** What nodes and the campaign say to each other. */
public final class Wire {

    /** The header that stands in for authentication. */
    public static final String PRINCIPAL = "Campaign-Principal";

    /** The header that numbers requests. */
    public static final String REQUEST = "Campaign-Request";

    /** The header that counts the retentions of the key that are over, from 1. */
    public static final String GENERATION = "Campaign-Generation";

    /** The header that names the failpoint where the request is held. */
    public static final String HOLD = "Campaign-Hold";

    /** The header that says how many milliseconds the handler works. */
    public static final String WORK = "Campaign-Work";

    /** The header of the library. */
    public static final String KEY = "Idempotency-Key";

    /** Node to campaign: serves on a port. */
    public static final String SERVING = "serving";

    /** Node to campaign: a request is over. */
    public static final String END = "end";

    /** Node to campaign: a handler starts; answered with which execution of the subject it is. */
    public static final String ENTER = "enter";

    /** Node to campaign: a handler is over. */
    public static final String LEAVE = "leave";

    /** Node to campaign: another system is asked for something; under a child key. */
    public static final String PROVIDE = "provide";

    /** Node to campaign: a request is held; answered when it may go on. */
    public static final String HELD = "held";

    /** Campaign to node: purge one batch, held as the request that is named. */
    public static final String PURGE = "purge";

    /** Node to campaign: the purge is over; with its result. */
    public static final String PURGED = "purged";

    static final String SEPARATOR = "\t";

    private Wire() {}

    /** One line of words, none of which may contain a tabulator or a line end. */
    public static String line(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            if (!line.isEmpty()) {
                line.append(SEPARATOR);
            }
            line.append(word);
        }
        return line.toString();
    }

    /** The words of a line. */
    public static String[] words(String line) {
        return line.split(SEPARATOR, -1);
    }

    /** The effect table, beside the library's own. */
    public static String schema() {
        return "CREATE TABLE effect (execution text PRIMARY KEY, principal text NOT NULL, key text NOT NULL,"
                + " body text NOT NULL, generation int NOT NULL)";
    }
}
