package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.fuzz.HttpCase.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Does over real sockets what a case says. */
final class Sockets {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LONGEST_ANSWER = 1 << 16;

    private Sockets() {}

    /** Sends all copies before it reads an answer. */
    static List<Received> send(int port, HttpCase one) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        List<Received> received = new ArrayList<>();
        try {
            for (int i = 0; i < one.copies(); i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.setTcpNoDelay(true);
                write(socket, one);
            }
            for (Socket socket : sockets) {
                received.add(read(socket));
            }
        } finally {
            for (Socket socket : sockets) {
                close(socket);
            }
        }
        return received;
    }

    /** A server that has made up its mind may close before it was told everything. */
    private static void write(Socket socket, HttpCase one) {
        byte[] wire = Latin1.bytes(one.wire());
        try {
            OutputStream out = socket.getOutputStream();
            int piece = wire.length / one.pieces() + 1;
            for (int from = 0; from < wire.length; from += piece) {
                out.write(wire, from, Math.min(piece, wire.length - from));
                out.flush();
            }
            if (one.ending() == Ending.HALF_CLOSED) {
                socket.shutdownOutput();
            } else if (one.ending() == Ending.RESET) {
                close(socket);
            } else if (one.ending() == Ending.CLOSED) {
                socket.close();
            }
        } catch (IOException closedByTheServer) {
            // What it answered before is read.
        }
    }

    private static Received read(Socket socket) {
        if (socket.isClosed()) {
            return new Received("", false);
        }
        byte[] answer = new byte[LONGEST_ANSWER];
        int size = 0;
        try {
            for (int read = 0; read >= 0 && size < answer.length; ) {
                read = socket.getInputStream().read(answer, size, answer.length - size);
                size += Math.max(0, read);
            }
        } catch (SocketTimeoutException e) {
            return new Received(Latin1.text(answer).substring(0, size), true);
        } catch (IOException reset) {
            // The server closed while there was something that it had not read.
        }
        return new Received(Latin1.text(answer).substring(0, size), false);
    }

    /** With a reset, so that no port is kept for a moment after it was used. */
    private static void close(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            // It is of no more use in any case.
        }
    }
}
