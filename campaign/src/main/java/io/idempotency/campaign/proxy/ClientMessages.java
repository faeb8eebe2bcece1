package io.idempotency.campaign.proxy;

import java.net.ProtocolException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sees a COMMIT in what a client sends, be it a simple query or the execution of a statement that was parsed long before. Not
 * thread-safe.
 */
final class ClientMessages {

    /** The answer of a search that found nothing. */
    static final int NONE = -1;

    private static final Pattern COMMIT = Pattern.compile(
            "\\s*(COMMIT|END)(\\s+(WORK|TRANSACTION))?(\\s+AND\\s+NO\\s+CHAIN)?\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final Framer framer = Framer.ofUntyped();
    private final Runnable onNegotiation;
    private final Set<String> commitStatements = new HashSet<>();
    private final Set<String> commitPortals = new HashSet<>();
    private boolean started;
    private int batchStart;

    /**
     * For a new connection.
     *
     * @param onNegotiation is run when the client asks for encryption, which the server answers with a byte that is no message
     */
    ClientMessages(Runnable onNegotiation) {
        this.onNegotiation = onNegotiation;
    }

    /**
     * Reads a block up to the next COMMIT; the rest of it has to be read by further calls.
     *
     * @return the index behind the message that executes the COMMIT, or {@link #NONE} when the block is read
     */
    int findCommit(byte[] block, int from, int to) throws ProtocolException {
        batchStart = from;
        int at = from;
        while (at < to) {
            at = framer.read(block, at, to);
            if (framer.isComplete()) {
                if (executesCommit()) {
                    return at;
                }
                if (!prepares(framer.type())) {
                    batchStart = at;
                }
            }
        }
        return NONE;
    }

    /**
     * Where in the block the COMMIT starts that was found last, with the messages that prepare it: a backend that has got those is
     * in the middle of a command, and none that is idle in a transaction.
     */
    int commitStart() {
        return batchStart;
    }

    private static boolean prepares(char type) {
        return type == 'P' || type == 'B' || type == 'D' || type == 'C';
    }

    private boolean executesCommit() throws ProtocolException {
        if (!started) {
            start(framer.number());
            return false;
        }
        return switch (framer.type()) {
            case 'Q' -> isCommit(framer.text(0));
            case 'E' -> commitPortals.contains(framer.text(0));
            default -> {
                track();
                yield false;
            }
        };
    }

    private void start(int code) throws ProtocolException {
        if (code == SSL_REQUEST || code == GSS_REQUEST) {
            onNegotiation.run();
        } else if (code >>> 16 == 3) {
            started = true;
            framer.expectTypes();
        } else if (code != CANCEL_REQUEST) {
            throw new ProtocolException("A connection starts with the code " + code + ": this is not protocol 3.");
        }
    }

    private void track() {
        switch (framer.type()) {
            case 'P' -> remember(commitStatements, framer.text(0), isCommit(framer.text(1)));
            case 'B' -> remember(commitPortals, framer.text(0), commitStatements.contains(framer.text(1)));
            case 'C' -> forget(framer.text(0));
            default -> {
                // No other message says what an Execute will execute.
            }
        }
    }

    private void forget(String closed) {
        if (closed.startsWith("S")) {
            commitStatements.remove(closed.substring(1));
        } else if (closed.startsWith("P")) {
            commitPortals.remove(closed.substring(1));
        }
    }

    private static void remember(Set<String> names, String name, boolean isCommit) {
        if (isCommit) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    private static boolean isCommit(String sql) {
        return COMMIT.matcher(sql).matches();
    }
}
