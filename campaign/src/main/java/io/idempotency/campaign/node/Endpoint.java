package io.idempotency.campaign.node;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the application's guarded endpoints.
 *
 * @param mode how it is guarded
 * @param isolation the isolation of its transaction, as its path says it
 */
public record Endpoint(Mode mode, String isolation) {

    /** Where a record is made whose retention is over after a second. */
    public static final String SHORT_PATH = "/short";

    /** The isolation levels. */
    public static final List<String> ISOLATIONS = List.of("read-committed", "repeatable-read", "serializable");

    /** How an endpoint is guarded. */
    public enum Mode {

        /** In one transaction. */
        TRANSACTIONAL("transactional"),

        /** By a lease that is taken over. */
        EXECUTING("executing"),

        /** By a lease that is not taken over. */
        REFUSING("refusing");

        private final String path;

        Mode(String path) {
            this.path = path;
        }

        /** Whether a lease protects its handlers. */
        public boolean isLeased() {
            return this != TRANSACTIONAL;
        }
    }

    /** All of them. */
    public static List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            ISOLATIONS.forEach(isolation -> all.add(new Endpoint(mode, isolation)));
        }
        return all;
    }

    /** Where it is. */
    public String path() {
        return "/" + mode.path + "/" + isolation;
    }
}
