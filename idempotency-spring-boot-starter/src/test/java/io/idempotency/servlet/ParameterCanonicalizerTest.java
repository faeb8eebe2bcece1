package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterCanonicalizerTest {

    @Test
    void digestHas32Bytes() {
        assertThat(ParameterCanonicalizer.digest(Map.of())).hasSize(32);
    }

    @Test
    void orderBetweenNamesDoesNotMatter() {
        Map<String, String[]> forward = new LinkedHashMap<>();
        forward.put("a", values("1"));
        forward.put("b", values("2"));
        Map<String, String[]> backward = new LinkedHashMap<>();
        backward.put("b", values("2"));
        backward.put("a", values("1"));
        assertThat(digest(forward)).isEqualTo(digest(backward));
    }

    @Test
    void orderPerNameMatters() {
        assertThat(digest(Map.of("a", values("1", "2")))).isNotEqualTo(digest(Map.of("a", values("2", "1"))));
    }

    @Test
    void repeatedValueCounts() {
        assertThat(digest(Map.of("a", values("1", "1")))).isNotEqualTo(digest(Map.of("a", values("1"))));
    }

    @Test
    void valuesDoNotRunTogether() {
        assertThat(digest(Map.of("a", values("bc")))).isNotEqualTo(digest(Map.of("ab", values("c"))));
        assertThat(digest(Map.of("a", values("bc", "d")))).isNotEqualTo(digest(Map.of("a", values("b", "cd"))));
        assertThat(digest(Map.of("a", values("", "b")))).isNotEqualTo(digest(Map.of("a", values("b", ""))));
    }

    @Test
    void valueIsNotTakenForAName() {
        assertThat(digest(Map.of("a", values("1", "b", "2"))))
                .isNotEqualTo(digest(Map.of("a", values("1"), "b", values("2"))));
    }

    @Test
    void charactersThatNoEncodingKnowsAreToldApart() {
        assertThat(digest(Map.of("a", values("\ud800")))).isNotEqualTo(digest(Map.of("a", values("\udbff"))));
        assertThat(digest(Map.of("a", values("\ud800")))).isNotEqualTo(digest(Map.of("a", values("?"))));
    }

    private static String[] values(String... values) {
        return values;
    }

    private static String digest(Map<String, String[]> parameters) {
        return HexFormat.of().formatHex(ParameterCanonicalizer.digest(parameters));
    }
}
