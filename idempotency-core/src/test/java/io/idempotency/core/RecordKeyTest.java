package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
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

    /** Other systems have been given these keys: no release may derive others. */
    @Test
    void childKeysAreTheSameForEverAndDifferForEveryRecordAndPurpose() {
        assertThat(Samples.key("key").childKey("charge")).hasToString("af009c54-a3e1-89ae-aa43-5b2c761c8043");
        assertThat(Samples.key("key").childKey("charge"))
                .isEqualTo(Samples.key("key").childKey("charge"))
                .isNotEqualTo(Samples.key("key").childKey("refund"))
                .isNotEqualTo(Samples.key("kez").childKey("charge"));
    }

    @Test
    void childKeysAreUuidsOfTheVersionThatIsFreeToUse() {
        for (int i = 0; i < 100; i++) {
            UUID child = Samples.key("key").childKey("purpose " + i);
            assertThat(child.version()).isEqualTo(8);
            assertThat(child.variant()).isEqualTo(2);
        }
    }

    @Test
    void recordIsNamedByHalfOfItsDigest() {
        RecordKey key = Samples.key("key");

        assertThat(key.id())
                .isEqualTo(HexFormat.of().formatHex(key.toBytes(), 0, 16))
                .startsWith(key.toString());
        assertThat(RecordKey.requireId(key.id())).isEqualTo(key.id());
    }

    @Test
    void whatNamesNoRecordIsRefused() {
        for (String id :
                new String[] {"", "0123", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdeg"}) {
            assertThatThrownBy(() -> RecordKey.requireId(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 hexadecimal digits");
        }
    }
}
