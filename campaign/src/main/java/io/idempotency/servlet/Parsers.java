package io.idempotency.servlet;

import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.RequestFingerprint;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the library does with what strangers send, called as its filter calls it. */
public final class Parsers {

    private static final KeyHeader LENIENT = new KeyHeader("Idempotency-Key", false);
    private static final KeyHeader STRICT = new KeyHeader("Idempotency-Key", true);
    private static final BodyReader BODIES = new BodyReader(8 << 20, request -> false);
    private static final FingerprintOptions BY_MEANING = new FingerprintOptions(false, IgnoredMembers.NONE, List.of());

    private Parsers() {}

    /**
     * Reads the key.
     *
     * @param values every value of the header field
     * @param strict whether the quoted form alone is accepted
     * @return nothing if the key is refused; absent fields are the caller's to leave out
     */
    public static Optional<String> key(List<String> values, boolean strict) {
        try {
            return (strict ? STRICT : LENIENT).parse(values).map(IdempotencyKey::value);
        } catch (InvalidKeyException refused) {
            return Optional.empty();
        }
    }

    /** Digests a JSON document; nothing if it is compared by its bytes. */
    public static Optional<byte[]> json(byte[] body) {
        return JsonCanonicalizer.digest(body, IgnoredMembers.NONE);
    }

    /** Takes a form apart; nothing if it is compared by its bytes. */
    public static Optional<Map<String, List<String>>> form(byte[] body, Charset charset) {
        return FormParameters.parse(body, charset);
    }

    /** Digests the parts that a container found. */
    public static byte[] multipart(Collection<Part> parts) throws IOException {
        return MultipartCanonicalizer.digest(parts);
    }

    /** From a posted body to the fingerprint of the request. */
    public static RequestFingerprint fingerprint(String contentType, Charset charset, byte[] body)
            throws IOException, ServletException {
        try {
            return RequestFingerprinter.fingerprint(
                    BODIES.read(new PostedRequest(contentType, charset, body), false), BY_MEANING);
        } catch (BodyTooLargeException e) {
            throw new IllegalArgumentException("Bodies of fewer bytes than the limit are fuzzed only.", e);
        }
    }
}
