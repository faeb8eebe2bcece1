package io.idempotency.servlet;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.idempotency.core.LengthPrefixedDigest;
import io.idempotency.core.Sha256;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Digests the parts of a multipart body, in order per name; the order between names does not matter.
 *
 * <p>The boundary never enters: clients choose a new one for every attempt (RFC 2046, section 5.1.1).
 */
final class MultipartCanonicalizer {

    private static final int CHUNK = 8192;

    private MultipartCanonicalizer() {}

    /**
     * Returns the 32 bytes that stand for these parts, each of which is streamed once.
     *
     * @throws IOException if the content of a part cannot be read
     */
    static byte[] digest(Collection<Part> parts) throws IOException {
        // The sort is stable, which keeps the order among the parts of one name.
        List<Part> byName = parts.stream()
                .sorted(Comparator.comparing(Part::getName, nullsFirst(naturalOrder())))
                .toList();
        MessageDigest sha256 = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK];
        LengthPrefixedDigest digest = new LengthPrefixedDigest();
        for (Part part : byName) {
            // An empty file name is that of a file input left empty; none at all is that of an ordinary field.
            digest.field(part.getName()).field(part.getSubmittedFileName());
            digest.field(contentType(part.getContentType()));
            digest.field(content(part, sha256, chunk));
        }
        return digest.digest();
    }

    private static String contentType(@Nullable String sent) {
        return sent == null ? "" : sent.strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] content(Part part, MessageDigest sha256, byte[] chunk) throws IOException {
        try (InputStream content = part.getInputStream()) {
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                sha256.update(chunk, 0, read);
            }
        }
        return sha256.digest();
    }
}
