package io.idempotency.servlet;

import java.util.Map;
import java.util.TreeMap;

/** Digests decoded form parameters, in order per name; the order between names does not matter. */
final class ParameterCanonicalizer {

    private ParameterCanonicalizer() {}

    /** Returns the 32 bytes that stand for these parameters. */
    static byte[] digest(Map<String, String[]> parameters) {
        FramedDigest digest = new FramedDigest();
        new TreeMap<>(parameters).forEach((name, values) -> {
            digest.text(name).count(values.length);
            for (String value : values) {
                digest.text(value);
            }
        });
        return digest.finish();
    }
}
