package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import jakarta.servlet.http.Part;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MultipartCanonicalizerTest {

    private static final PartDouble FIELD = new PartDouble("note", null, null, "hello");
    private static final PartDouble FILE = new PartDouble("file", "a.txt", "text/plain", "content");

    @Test
    void digestHas32Bytes() throws IOException {
        assertThat(MultipartCanonicalizer.digest(List.of())).hasSize(32);
    }

    @Test
    void orderBetweenNamesDoesNotMatter() throws IOException {
        assertThat(digest(FIELD, FILE)).isEqualTo(digest(FILE, FIELD));
    }

    @Test
    void orderPerNameMatters() throws IOException {
        PartDouble second = new PartDouble("file", "b.txt", "text/plain", "content");
        assertThat(digest(FILE, second)).isNotEqualTo(digest(second, FILE));
        assertThat(digest(FILE, FIELD, second)).isEqualTo(digest(FIELD, FILE, second));
    }

    @Test
    void repeatedPartCounts() throws IOException {
        assertThat(digest(FILE, FILE)).isNotEqualTo(digest(FILE));
    }

    @Test
    void everyPropertyCounts() throws IOException {
        assertThat(List.of(
                        digest(FILE),
                        digest(new PartDouble("file2", "a.txt", "text/plain", "content")),
                        digest(new PartDouble("file", "A.txt", "text/plain", "content")),
                        digest(new PartDouble("file", null, "text/plain", "content")),
                        digest(new PartDouble("file", "", "text/plain", "content")),
                        digest(new PartDouble("file", "a.txt", "text/html", "content")),
                        digest(new PartDouble("file", "a.txt", "text/plain; charset=utf-8", "content")),
                        digest(new PartDouble("file", "a.txt", null, "content")),
                        digest(new PartDouble("file", "a.txt", "text/plain", "Content")),
                        digest(new PartDouble("file", "a.txt", "text/plain", ""))))
                .doesNotHaveDuplicates();
    }

    @Test
    void contentTypeIsComparedWithoutItsCase() throws IOException {
        assertThat(digest(new PartDouble("file", "a.txt", "Text/PLAIN ", "content")))
                .isEqualTo(digest(FILE));
    }

    @Test
    void noContentTypeAndAnEmptyOneAreTheSame() throws IOException {
        assertThat(digest(new PartDouble("note", null, "", "hello"))).isEqualTo(digest(FIELD));
    }

    @Test
    void propertiesDoNotRunTogether() throws IOException {
        assertThat(digest(new PartDouble("a", "bc", null, "")))
                .isNotEqualTo(digest(new PartDouble("ab", "c", null, "")))
                .isNotEqualTo(digest(new PartDouble("a", "b", "c", "")));
        assertThat(digest(new PartDouble("a", null, null, "1"), new PartDouble("b", null, null, "2")))
                .isNotEqualTo(digest(new PartDouble("a", null, null, "1b2")));
    }

    @Test
    void contentThatArrivesInDribletsIsReadToItsEndAndClosed() throws IOException {
        AtomicInteger closed = new AtomicInteger();
        PartDouble large = new PartDouble("file", "a.txt", null, "x".repeat(100_000) + "y");
        InputStream driblets = new FilterInputStream(large.getInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 7));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        assertThat(digest(withStream(large, driblets)))
                .isEqualTo(digest(large))
                .isNotEqualTo(digest(new PartDouble("file", "a.txt", null, "x".repeat(100_000) + "z")));
        assertThat(closed).hasValue(1);
    }

    @Test
    void contentThatCannotBeReadIsReported() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatIOException()
                .isThrownBy(() -> digest(withStream(FILE, broken)))
                .withMessage("gone");
    }

    private static Part withStream(PartDouble part, InputStream content) {
        return (Part) Proxy.newProxyInstance(
                Part.class.getClassLoader(),
                new Class<?>[] {Part.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getInputStream") ? content : method.invoke(part, arguments));
    }

    private static String digest(Part... parts) throws IOException {
        return HexFormat.of().formatHex(MultipartCanonicalizer.digest(Arrays.asList(parts)));
    }
}
