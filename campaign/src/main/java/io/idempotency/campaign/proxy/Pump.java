package io.idempotency.campaign.proxy;

import java.io.IOException;
import java.io.InputStream;

/** Moves what one side sends, a read at a time, until a side is gone. */
final class Pump implements Runnable {

    private static final int BLOCK_SIZE = 32 * 1024;

    private final Connection connection;
    private final InputStream source;
    private final Passage passage;

    Pump(Connection connection, InputStream source, Passage passage) {
        this.connection = connection;
        this.source = source;
        this.passage = passage;
    }

    @Override
    public void run() {
        try {
            moveAll();
            connection.finish();
        } catch (IOException e) {
            connection.fail(e);
        } finally {
            connection.reset();
        }
    }

    private void moveAll() throws IOException {
        byte[] block = new byte[BLOCK_SIZE];
        int length = source.read(block);
        while (length >= 0 && !connection.swallows()) {
            passage.pass(block, length);
            length = source.read(block);
        }
    }
}
