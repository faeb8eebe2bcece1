package io.idempotency.campaign.proxy;

import java.net.ProtocolException;
import java.util.function.IntConsumer;

/** Sees in what the server sends which backend it is and when it is ready for the next query. Not thread-safe, but for one method. */
final class ServerMessages {

    private final Framer framer = Framer.ofTyped();
    private final IntConsumer onBackend;
    private volatile boolean negotiating;

    /**
     * For a new connection.
     *
     * @param onBackend is told the process id of the backend
     */
    ServerMessages(IntConsumer onBackend) {
        this.onBackend = onBackend;
    }

    /** The next byte answers a request for encryption. May be called by another thread while the server is silent. */
    void expectNegotiation() {
        negotiating = true;
    }

    /**
     * Reads a block.
     *
     * @return whether a ReadyForQuery ended in it
     */
    boolean read(byte[] block, int length) throws ProtocolException {
        boolean ready = false;
        int at = negotiating ? negotiated(block[0]) : 0;
        while (at < length) {
            at = framer.read(block, at, length);
            if (framer.isComplete()) {
                ready |= isReady();
            }
        }
        return ready;
    }

    private int negotiated(byte answer) throws ProtocolException {
        negotiating = false;
        if (answer == 'S' || answer == 'G') {
            throw new ProtocolException("The database agreed to encrypt. Turn that off there, or connect with"
                    + " sslmode=disable and gssEncMode=disable: the proxy has to read what passes.");
        }
        // Anything but a refusal is the start of an error message.
        return answer == 'N' ? 1 : 0;
    }

    private boolean isReady() throws ProtocolException {
        if (framer.type() == 'K') {
            onBackend.accept(framer.number());
        }
        return framer.type() == 'Z';
    }
}
