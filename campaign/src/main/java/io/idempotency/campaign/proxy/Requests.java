package io.idempotency.campaign.proxy;

import static io.idempotency.campaign.proxy.ClientMessages.NONE;

import java.io.IOException;
import java.io.OutputStream;

/** The way from the client to the database, on which a COMMIT meets its fault. */
final class Requests implements Passage {

    private final Connection connection;
    private final ArmedFaults faults;
    private final ClientMessages messages;
    private final OutputStream database;

    Requests(Connection connection, ArmedFaults faults, ClientMessages messages, OutputStream database) {
        this.connection = connection;
        this.faults = faults;
        this.messages = messages;
        this.database = database;
    }

    @Override
    public void pass(byte[] block, int length) throws IOException {
        int at = messages.findCommit(block, 0, length);
        while (at != NONE) {
            CommitFault fault = faults.take(connection);
            if (fault != null && fault.kind().isBefore()) {
                connection.write(database, block, messages.commitStart());
                stop(fault);
                return;
            }
            if (fault != null) {
                connection.expectAnswer(fault);
            }
            at = messages.findCommit(block, at, length);
        }
        connection.write(database, block, length);
    }

    private void stop(CommitFault fault) {
        if (fault.kind() == CommitFault.Kind.BLACK_HOLE_BEFORE) {
            connection.blackHole();
            fault.reach();
        } else {
            fault.reach();
            connection.reset();
        }
    }
}
