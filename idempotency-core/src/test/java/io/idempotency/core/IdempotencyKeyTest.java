package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    @Test
    void printableAsciiIsAcceptedFromSpaceToTilde() {
        assertThat(new IdempotencyKey(" ~").value()).isEqualTo(" ~");
    }

    @Test
    void oneCharacterIsEnoughAnd255AreNotTooMany() {
        assertThat(new IdempotencyKey("k").value()).hasSize(1);
        assertThat(new IdempotencyKey("k".repeat(255)).value()).hasSize(IdempotencyKey.MAX_LENGTH);
    }

    @Test
    void emptyKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IdempotencyKey(""))
                .withMessage("An idempotency key has 1 to 255 characters; this one has 0.");
    }

    @Test
    void keyOf256CharactersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IdempotencyKey("k".repeat(256)))
                .withMessage("An idempotency key has 1 to 255 characters; this one has 256.");
    }

    @Test
    void whatIsNotPrintableAsciiIsRefusedWithoutBeingRepeated() {
        for (String value : new String[] {"\u001F", "\u007F", "\n", "é", "a\u0000b", "€", "\uD83D\uDE00"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new IdempotencyKey(value))
                    .withMessage("An idempotency key consists of printable ASCII characters only.");
        }
    }

    @Test
    void missingValueIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> new IdempotencyKey(null));
    }

    @Test
    void textFormHidesTheValue() {
        assertThat(new IdempotencyKey("s3cret")).hasToString("IdempotencyKey[6 characters]");
    }
}
