package io.idempotency.core;

import static io.idempotency.core.Samples.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RequestFingerprintTest {

    @Test
    void bytesAreVersionAndDigest() {
        byte[] bytes = fingerprint(3, 7).toBytes();

        assertThat(bytes)
                .hasSize(1 + RequestFingerprint.DIGEST_LENGTH)
                .startsWith(3, 7)
                .endsWith(7);
        assertThat(RequestFingerprint.fromBytes(bytes)).isEqualTo(fingerprint(3, 7));
    }

    @Test
    void equalOnesHaveEqualHashCodes() {
        assertThat(fingerprint(1, 7)).isEqualTo(fingerprint(1, 7)).hasSameHashCodeAs(fingerprint(1, 7));
        assertThat(fingerprint(1, 7).hashCode()).isNotEqualTo(fingerprint(1, 8).hashCode());
        assertThat(fingerprint(1, 7))
                .isNotEqualTo(fingerprint(2, 7))
                .isNotEqualTo(fingerprint(1, 8))
                .isNotEqualTo("7");
    }

    @Test
    void onlyAnotherDigestOfTheSameAlgorithmIsAContradiction() {
        assertThat(fingerprint(1, 7).contradicts(fingerprint(1, 8))).isTrue();
        assertThat(fingerprint(1, 7).contradicts(fingerprint(1, 7))).isFalse();
        assertThat(fingerprint(1, 7).contradicts(fingerprint(2, 8))).isFalse();
    }

    @Test
    void itCannotBeChangedFromOutside() {
        byte[] bytes = fingerprint(1, 7).toBytes();
        RequestFingerprint fingerprint = RequestFingerprint.fromBytes(bytes);
        bytes[5]++;
        fingerprint.toBytes()[6]++;

        assertThat(fingerprint).isEqualTo(fingerprint(1, 7));
    }

    @Test
    void otherLengthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestFingerprint.of((byte) 1, new byte[31]))
                .withMessage("A request fingerprint has 1 byte of version and 32 bytes of digest;"
                        + " this one has 32 bytes in all.");
        assertThatIllegalArgumentException().isThrownBy(() -> RequestFingerprint.of((byte) 1, new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> RequestFingerprint.fromBytes(new byte[0]));
    }

    @Test
    void textFormHidesTheDigest() {
        assertThat(fingerprint(3, 7)).hasToString("RequestFingerprint[version 3]");
    }
}
