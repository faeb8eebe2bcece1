package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StoredResponseCodecPropertyTest {

    @Property
    void responseIsReadAsItWasWritten(@ForAll("responses") StoredResponse response) {
        assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                .isEqualTo(response);
    }

    @Property
    void damagedBytesAreReadOrRefusedAndNothingElse(
            @ForAll("responses") StoredResponse response,
            @ForAll @IntRange(min = 0) int position,
            @ForAll byte damage) {
        byte[] bytes = StoredResponseCodec.encode(response);
        bytes[position % bytes.length] = damage;

        assertIsReadOrRefused(bytes);
    }

    @Property
    void bytesThatAreMissingOrTooManyAreRefused(
            @ForAll("responses") StoredResponse response, @ForAll @IntRange(min = 0) int position) {
        byte[] bytes = StoredResponseCodec.encode(response);

        assertThatThrownBy(() -> StoredResponseCodec.decode(Arrays.copyOf(bytes, position % bytes.length)))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> StoredResponseCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        assertIsReadOrRefused(bytes);
    }

    private static void assertIsReadOrRefused(byte[] bytes) {
        try {
            assertThat(StoredResponseCodec.decode(bytes).status()).isBetween(100, 599);
        } catch (UnreadableRecordException e) {
            assertThat(e).hasMessageStartingWith("A stored response ");
        }
    }

    @Provide
    Arbitrary<StoredResponse> responses() {
        Arbitrary<String> text = Arbitraries.strings()
                .ofMaxLength(40)
                .filter(value -> StandardCharsets.UTF_8.newEncoder().canEncode(value));
        Arbitrary<String> name = Arbitraries.oneOf(text, Arbitraries.of("Content-Type", "Location", "Link", "link"));
        Arbitrary<Header> header = Combinators.combine(name, text).as(Header::new);
        Arbitrary<ResponseContent> content = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Body::new),
                Arbitraries.longs().map(NotKept::new),
                text.injectNull(0.3).map(ContainerError::new),
                text.map(ContainerRedirect::new));
        return Combinators.combine(
                        Arbitraries.integers().between(100, 599), header.list().ofMaxSize(5), content)
                .as(StoredResponse::new);
    }
}
