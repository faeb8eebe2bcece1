package io.idempotency.servlet;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.OutcomePolicy;
import java.util.BitSet;
import java.util.Collection;
import java.util.regex.Pattern;

/** Releases the answers with certain statuses and keeps all others. */
public final class ReleaseStatuses implements OutcomePolicy {

    private static final Pattern STATUS = Pattern.compile("[345](?:[0-9]{2}|xx)");

    private final BitSet released;

    private ReleaseStatuses(BitSet released) {
        this.released = released;
    }

    /**
     * Reads a list of statuses.
     *
     * @param statuses each a status from 300 as {@code 409}, or a class of them as {@code 5xx}
     * @param origin where the list stands, for the message
     * @return the policy
     * @throws IdempotencyConfigurationException if an entry is neither
     */
    public static ReleaseStatuses of(Collection<String> statuses, String origin) {
        BitSet released = new BitSet();
        for (String status : statuses) {
            if (!STATUS.matcher(status).matches()) {
                throw new IdempotencyConfigurationException(
                        origin + " has '" + status
                                + "', which is neither a status from 300 to 599 nor a class of them.",
                        "Write statuses as 409 and classes of statuses as 5xx. A success cannot be released: its effect would be"
                                + " rolled back after it was told.");
            }
            boolean single = !status.endsWith("xx");
            int first = single ? Integer.parseInt(status) : Integer.parseInt(status.substring(0, 1)) * 100;
            released.set(first, single ? first + 1 : first + 100);
        }
        return new ReleaseStatuses(released);
    }

    @Override
    public boolean keeps(int status) {
        return !released.get(status);
    }
}
