package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StepsTest {

    private final Steps two = Steps.NONE.with("reserve", bytes("{\"id\":7}")).with("charge", new byte[0]);

    @Test
    void whatWasWrittenIsRead() {
        Steps read = Steps.fromBytes(two.toBytes());

        assertThat(read).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(read.find("reserve")).contains(bytes("{\"id\":7}"));
        assertThat(read.find("charge")).contains(new byte[0]);
        assertThat(read.find("refund")).isEmpty();
        assertThat(read.isEmpty()).isFalse();
        assertThat(read).isNotEqualTo(Steps.NONE).isNotEqualTo("Steps");
    }

    /** What an earlier release of the same format version wrote must stay readable. */
    @Test
    void formatIsWhatItWas() {
        assertThat(two.toBytes()).isEqualTo(bytes("\u0001\u0002\u0007reserve\u0008{\"id\":7}\u0006charge\u0000"));
    }

    @Test
    void nothingIsNothing() {
        assertThat(Steps.fromBytes(Steps.NONE.toBytes())).isSameAs(Steps.NONE);
        assertThat(Steps.NONE.isEmpty()).isTrue();
    }

    @Test
    void stepIsDoneOnce() {
        assertThatThrownBy(() -> two.with("charge", new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'charge'");
    }

    @Test
    void resultsCannotBeChangedFromOutside() {
        byte[] result = bytes("once");
        Steps steps = Steps.NONE.with("a", result);
        result[0] = 'x';
        steps.find("a").orElseThrow()[0] = 'y';

        assertThat(steps.find("a")).contains(bytes("once"));
    }

    @Test
    void namesAreToldAndResultsAreNot() {
        assertThat(two).hasToString("Steps[reserve, charge]");
    }

    @Test
    void damagedAndNewerStepsAreNotGuessed() {
        byte[] whole = two.toBytes();
        byte[] newer = whole.clone();
        newer[0] = 2;

        assertThatThrownBy(() -> Steps.fromBytes(newer)).isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> Steps.fromBytes(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UnreadableRecordException.class);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Steps.fromBytes(cut)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
