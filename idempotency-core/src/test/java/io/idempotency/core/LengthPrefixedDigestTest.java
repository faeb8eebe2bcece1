package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LengthPrefixedDigestTest {

    @Test
    void everyFieldFollowsItsLength() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256")
                .digest(new byte[] {0, 0, 1, 2, 0, 0, 0, 2, 7, 8, 0, 0, 0, 4, 0, 'a', 0x20, (byte) 0xAC});

        assertThat(new LengthPrefixedDigest()
                        .count(0x102)
                        .field(new byte[] {7, 8})
                        .field("a€")
                        .digest())
                .isEqualTo(expected);
    }

    @Test
    void lengthOfAFieldDoesNotMatterForHowItIsDigested() throws Exception {
        for (int length = 0; length < 600; length++) {
            byte[] field = new byte[length];
            Arrays.fill(field, (byte) length);
            String text = "\u3042".repeat(length);
            MessageDigest expected = MessageDigest.getInstance("SHA-256");
            expected.update(ByteBuffer.allocate(4).putInt(length).array());
            expected.update(field);
            expected.update(ByteBuffer.allocate(4).putInt(2 * length).array());
            expected.update(text.getBytes(StandardCharsets.UTF_16BE));
            expected.update(ByteBuffer.allocate(4).putInt(length).array());
            expected.update(field);

            assertThat(new LengthPrefixedDigest()
                            .field(field)
                            .field(text)
                            .field(field)
                            .digest())
                    .isEqualTo(expected.digest());
        }
    }

    @Test
    void fieldsThatAreCutElsewhereHaveAnotherDigest() {
        assertThat(digest("ab", "c")).isNotEqualTo(digest("a", "bc")).isNotEqualTo(digest("abc", ""));
    }

    @Test
    void absentFieldIsNeitherAnEmptyOneNorNone() {
        String absent = null;
        byte[] withAbsent = new LengthPrefixedDigest().field(absent).digest();

        assertThat(withAbsent)
                .isNotEqualTo(new LengthPrefixedDigest().field("").digest())
                .isNotEqualTo(new LengthPrefixedDigest().digest());
    }

    private static byte[] digest(String... fields) {
        LengthPrefixedDigest digest = new LengthPrefixedDigest();
        for (String field : fields) {
            digest.field(field.getBytes(StandardCharsets.UTF_8));
        }
        return digest.digest();
    }
}
