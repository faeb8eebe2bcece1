package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeyTest {

    private static final String GOLDEN = "68e16c8dc1c97e6cb1fcaa4e9dea974344694117f1551860dbd582c30be71577";

    @Test
    void sameScopeAndKeyHaveTheSameRecordOnEveryNode() {
        assertThat(key("key", "alice", "eu"))
                .isEqualTo(key("key", "alice", "eu"))
                .hasSameHashCodeAs(key("key", "alice", "eu"));
        assertThat(HexFormat.of().formatHex(key("key", "alice", "eu").toBytes()))
                .isEqualTo(GOLDEN);
    }

    @Test
    void anotherPrincipalTenantOrKeyHasAnotherRecord() {
        assertThat(List.of(
                        key("key"),
                        key("key2"),
                        key("key", ""),
                        key("key", "alice"),
                        key("key", "bob"),
                        key("key", "alice", "eu"),
                        key("key", "eu", "alice"),
                        key("key", "alice", "eu", "")))
                .doesNotHaveDuplicates();
    }

    @Test
    void scopeAndKeyDoNotRunTogether() {
        assertThat(List.of(key("abc", "d"), key("ab", "cd"), key("d", "abc"), key("b", "a", "cd"), key("b", "ac", "d")))
                .doesNotHaveDuplicates();
    }

    @Test
    void principalsThatNoEncodingCanExpressAreToldApart() {
        assertThat(key("key", "\uD800")).isNotEqualTo(key("key", "\uD801")).isNotEqualTo(key("key", "?"));
    }

    @Test
    void hashCodesAreSpread() {
        assertThat(key("key").hashCode()).isNotEqualTo(key("key2").hashCode());
    }

    @Test
    void recordKeyIsNothingElse() {
        assertThat(key("key")).isNotEqualTo(null).isNotEqualTo("key");
    }

    @Test
    void digestCannotBeChangedFromOutside() {
        RecordKey key = key("key");
        byte[] bytes = key.toBytes();
        bytes[0]++;

        assertThat(bytes).hasSize(RecordKey.LENGTH);
        assertThat(key).isEqualTo(key("key"));
        assertThat(key.toBytes()).isNotEqualTo(bytes);
    }

    @Test
    void textFormIsTheBeginningOfTheDigest() {
        assertThat(key("key", "alice", "eu")).hasToString(GOLDEN.substring(0, 8));
    }

    @Test
    void scopeHidesItsParts() {
        assertThat(new KeyScope(List.of("alice", "eu"))).hasToString("KeyScope[2 parts]");
    }

    @Test
    void scopeKeepsItsPartsWhenTheListIsChanged() {
        List<String> parts = new ArrayList<>(List.of("alice"));
        KeyScope scope = new KeyScope(parts);
        parts.set(0, "bob");

        assertThat(scope).isEqualTo(new KeyScope(List.of("alice")));
    }

    private static RecordKey key(String key, String... scope) {
        return RecordKey.of(new KeyScope(List.of(scope)), new IdempotencyKey(key));
    }
}
