package io.idempotency.campaign.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The way from the database to the client, on which a COMMIT's answer is kept back.
 *
 * <p>A client is taken to wait for the answer to one COMMIT before it sends anything else, as pgjdbc does: the next ReadyForQuery
 * is that of the COMMIT.
 */
final class Answers implements Passage {

    private final Connection connection;
    private final ServerMessages messages;
    private final OutputStream client;
    private final ByteArrayOutputStream withheld = new ByteArrayOutputStream();

    Answers(Connection connection, ServerMessages messages, OutputStream client) {
        this.connection = connection;
        this.messages = messages;
        this.client = client;
    }

    @Override
    public void pass(byte[] block, int length) throws IOException {
        boolean ready = messages.read(block, length);
        CommitFault fault = connection.expectedAnswer();
        if (fault == null) {
            connection.write(client, block, length);
            return;
        }
        withheld.write(block, 0, length);
        if (ready) {
            answered(fault);
        }
    }

    private void answered(CommitFault fault) throws IOException {
        switch (fault.kind()) {
            case HOLD_ANSWER -> {
                fault.reach();
                fault.awaitRelease();
                passOn();
            }
            case BLACK_HOLE_AFTER -> {
                connection.blackHole();
                fault.reach();
            }
            default -> {
                fault.reach();
                connection.reset();
            }
        }
    }

    private void passOn() throws IOException {
        // Before the client can send its next COMMIT, which may meet a fault of its own.
        connection.expectNoAnswer();
        byte[] answer = withheld.toByteArray();
        withheld.reset();
        connection.write(client, answer, answer.length);
    }
}
