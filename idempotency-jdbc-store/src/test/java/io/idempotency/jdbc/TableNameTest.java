package io.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.IdempotencyConfigurationException;
import org.junit.jupiter.api.Test;

class TableNameTest {

    @Test
    void plainNameHasNoSchema() {
        TableName name = TableName.of("idempotency_record");

        assertThat(name).hasToString("idempotency_record");
        assertThat(name.simple()).isEqualTo("idempotency_record");
        assertThat(name.schema()).isEmpty();
    }

    @Test
    void schemaStandsInFront() {
        TableName name = TableName.of("payments.keys_2");

        assertThat(name).hasToString("payments.keys_2");
        assertThat(name.simple()).isEqualTo("keys_2");
        assertThat(name.schema()).contains("payments");
    }

    @Test
    void whatCannotStandInSqlAsItIsIsRefused() {
        for (String name : new String[] {
            "", "Keys", "1keys", "keys; DROP TABLE payment", "a.b.c", ".keys", "keys.", "\"keys\"", "k".repeat(49)
        }) {
            assertThatThrownBy(() -> TableName.of(name))
                    .as(name)
                    .isInstanceOf(IdempotencyConfigurationException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }
}
