package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class IdempotencyConfigurationExceptionTest {

    @Test
    void itSaysWhatIsWrongAndWhatToDo() {
        IdempotencyConfigurationException exception = new IdempotencyConfigurationException("wrong", "do this");

        assertThat(exception).hasMessage("wrong").hasNoCause();
        assertThat(exception.action()).isEqualTo("do this");
    }

    @Test
    void itSaysWhoNoticed() {
        IOException cause = new IOException();
        IdempotencyConfigurationException exception = new IdempotencyConfigurationException("wrong", "do this", cause);

        assertThat(exception).hasMessage("wrong").hasCause(cause);
        assertThat(exception.action()).isEqualTo("do this");
    }
}
