package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WholeInputTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void inputIsReadWholeWhateverWasAnnounced() throws Exception {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 100_000, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE}) {
            for (long announced :
                    new long[] {-1, 0, 1, length - 1L, length, length + 1L, 2L * length, Long.MAX_VALUE}) {
                assertThat(WholeInput.read(input(length), announced, 4 * MEGABYTE))
                        .isEqualTo(bytes(length));
            }
        }
    }

    @Test
    void limitIsThatOfTheBytesThatCome() throws Exception {
        for (int limit : new int[] {0, 1, 100, 8192, 20_000}) {
            for (long announced : new long[] {-1, 0, 10, limit, Long.MAX_VALUE}) {
                assertThat(WholeInput.read(input(limit), announced, limit).length)
                        .isEqualTo(limit);
                assertThatThrownBy(() -> WholeInput.read(input(limit + 1), announced, limit))
                        .isInstanceOf(BodyTooLargeException.class);
            }
        }
    }

    @Test
    void limitBeyondAnyArrayIsNoReasonToAskForOne() throws Exception {
        assertThat(WholeInput.read(input(10), Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(bytes(10));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Gives what it has in pieces, as a network does. */
    private static InputStream input(int length) {
        return new FilterInputStream(new ByteArrayInputStream(bytes(length))) {
            @Override
            public int read(byte[] target, int offset, int wanted) throws IOException {
                return super.read(target, offset, Math.min(wanted, 5_000));
            }
        };
    }
}
