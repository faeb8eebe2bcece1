package io.idempotency.servlet;

import io.idempotency.core.LengthPrefixedDigest;
import java.util.Map;
import java.util.TreeMap;

/** Digests decoded form parameters, in order per name; the order between names does not matter. */
final class ParameterCanonicalizer {

    private ParameterCanonicalizer() {}

    /** Returns the 32 bytes that stand for these parameters. */
    static byte[] digest(Map<String, String[]> parameters) {
        LengthPrefixedDigest digest = new LengthPrefixedDigest();
        new TreeMap<>(parameters).forEach((name, values) -> {
            digest.field(name).count(values.length);
            for (String value : values) {
                digest.field(value);
            }
        });
        return digest.digest();
    }
}
