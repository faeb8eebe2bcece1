package io.idempotency.campaign.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessagesTest {

    private final List<Integer> backends = new ArrayList<>();
    private final ServerMessages messages = new ServerMessages(backends::add);

    /** In how many blocks of one size a ReadyForQuery ends. */
    private int readies(Protocol wire, int blockSize) throws ProtocolException {
        int readies = 0;
        byte[] stream = wire.toBytes();
        for (int start = 0; start < stream.length; start += blockSize) {
            byte[] block = new byte[blockSize];
            int length = Math.min(blockSize, stream.length - start);
            System.arraycopy(stream, start, block, 0, length);
            if (messages.read(block, length)) {
                readies++;
            }
        }
        return readies;
    }

    private static Protocol session() {
        return new Protocol()
                .message('R', "\0\0\0\0")
                .message('S', "client_encoding\0UTF8\0")
                .backendKey(987_654)
                .ready()
                .message('D', "Z\0\0\0\5I".repeat(1_000))
                .message('C', "SELECT 1\0")
                .ready();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void backendAndEachEndAreSeenInSmallBlocks(int blockSize) throws ProtocolException {
        assertThat(readies(session(), blockSize)).isEqualTo(2);
        assertThat(backends).containsExactly(987_654);
    }

    @Test
    void backendAndEndAreSeenInOneBlock() throws ProtocolException {
        assertThat(readies(session(), 1 << 20)).isOne();
        assertThat(backends).containsExactly(987_654);
    }

    @Test
    void refusedEncryptionIsNoMessage() throws ProtocolException {
        messages.expectNegotiation();
        assertThat(readies(new Protocol().raw("N"), 1)).isZero();
        messages.expectNegotiation();
        assertThat(readies(new Protocol().raw("N"), 1)).isZero();

        assertThat(readies(session(), 1 << 20)).isOne();
    }

    @Test
    void errorInsteadOfARefusalIsAMessage() throws ProtocolException {
        messages.expectNegotiation();

        assertThat(readies(new Protocol().message('E', "no\0").ready(), 1 << 20))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"S", "G"})
    void encryptionIsRefusedByName(String answer) {
        messages.expectNegotiation();

        assertThatThrownBy(() -> readies(new Protocol().raw(answer), 1))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("sslmode=disable");
    }
}
