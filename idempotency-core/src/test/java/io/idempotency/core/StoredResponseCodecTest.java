package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredResponseCodecTest {

    private static final List<ResponseContent> CONTENTS = List.of(
            new Body(new byte[0]),
            new Body(new byte[] {0, -1, 127}),
            new NotKept(Long.MAX_VALUE),
            new ContainerError(null),
            new ContainerError(""),
            new ContainerError("no such account: ü €"),
            new ContainerRedirect("../payments/1"));

    @Test
    void everyKindOfContentIsReadAsItWasWritten() {
        for (ResponseContent content : CONTENTS) {
            StoredResponse response = response(content);

            assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                    .isEqualTo(response);
        }
    }

    @Test
    void anyNumberOfHeadersIsReadInItsOrder() {
        for (List<Header> headers :
                List.of(List.<Header>of(), List.of(new Header("Link", "</b>"), new Header("Link", "</a>")))) {
            StoredResponse response = new StoredResponse(200, headers, new ContainerError(null));

            assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                    .isEqualTo(response);
        }
    }

    /** What an earlier release of the same format version wrote must stay readable. */
    @Test
    void formatVersion1StaysAsItIs() {
        assertThat(hex(response(new Body(new byte[] {9, 10}))))
                .isEqualTo("01" + "c901" + "01" + "03" + "03" + "c3bc31" + "00" + "02" + "090a");
        assertThat(hex(answer(200, new Header("etag", ""))))
                .isEqualTo("01" + "c801" + "01" + "00" + "04" + "65746167" + "00" + "02");
        assertThat(hex(new StoredResponse(413, List.of(), new NotKept(5))))
                .isEqualTo("01" + "9d03" + "00" + "01" + "05");
        assertThat(hex(new StoredResponse(413, List.of(), new NotKept(1 << 20))))
                .isEqualTo("01" + "9d03" + "00" + "01" + "808040");
        assertThat(hex(answer(500))).isEqualTo("01" + "f403" + "00" + "02");
        assertThat(hex(new StoredResponse(500, List.of(), new ContainerError("a"))))
                .isEqualTo("01" + "f403" + "00" + "03" + "01" + "61");
        assertThat(hex(new StoredResponse(302, List.of(), new ContainerRedirect("/"))))
                .isEqualTo("01" + "ae02" + "00" + "04" + "01" + "2f");
    }

    @Test
    void wellKnownNamesTakeOneByteEach() {
        List<String> names = List.of(
                "Content-Type",
                "Location",
                "ETag",
                "Last-Modified",
                "Link",
                "Content-Language",
                "Content-Location",
                "Content-Disposition");
        for (int i = 0; i < names.size(); i++) {
            StoredResponse response = answer(200, new Header(names.get(i), "x"));

            assertThat(hex(response)).isEqualTo("01" + "c801" + "01" + "0" + (i + 1) + "01" + "78" + "02");
            assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                    .isEqualTo(response);
        }
    }

    @Test
    void fieldsOfAnyLengthAreReadAsTheyWereWritten() {
        for (int length : new int[] {100, 126, 127, 128, 129, 1_000, 16_383, 16_384, 100_000}) {
            String text = "x".repeat(length);
            for (StoredResponse response : List.of(
                    answer(200, new Header("Link", text), new Header(text, "a")),
                    new StoredResponse(200, List.of(), new ContainerError(text)),
                    response(new Body(new byte[length])))) {
                assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                        .isEqualTo(response);
            }
        }
    }

    @Test
    void manyShortFieldsAreReadAsTheyWereWritten() {
        for (int headers = 0; headers < 300; headers++) {
            StoredResponse response =
                    new StoredResponse(200, Collections.nCopies(headers, new Header("ETag", "")), new NotKept(7));

            assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                    .isEqualTo(response);
        }
    }

    @Test
    void lengthsOfBodiesThatAreNotKeptTakeAnyLong() {
        for (long length : new long[] {0, 127, 128, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            StoredResponse response = response(new NotKept(length));

            assertThat(StoredResponseCodec.decode(StoredResponseCodec.encode(response)))
                    .isEqualTo(response);
        }
    }

    @Test
    void unknownFormatVersionIsRefusedByName() {
        byte[] bytes = StoredResponseCodec.encode(Samples.response(200));
        bytes[0] = (byte) 200;

        assertThatThrownBy(() -> StoredResponseCodec.decode(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("A stored response has format version 200, this release reads version 1."
                        + " Finish the upgrade of all nodes, or do not go back before the retention is over.");
    }

    @Test
    void bytesThatEndEarlyAreRefusedWhereverTheyEnd() {
        for (ResponseContent content : CONTENTS) {
            byte[] bytes = StoredResponseCodec.encode(response(content));
            for (int length = 0; length < bytes.length; length++) {
                assertIsDamaged(Arrays.copyOf(bytes, length));
            }
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        for (ResponseContent content : CONTENTS) {
            byte[] bytes = StoredResponseCodec.encode(response(content));
            assertIsDamaged(Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    @Test
    void absurdLengthsAreRefusedWithoutAskingForTheMemory() {
        assertIsDamaged("01c801" + "ffffffff07" + "0101" + "61");
        assertIsDamaged("01c801" + "ffffffff0f" + "02");
        assertIsDamaged("01c801" + "ffffffffffffffffff01" + "02");
        assertIsDamaged("01c801" + "01" + "00" + "ffffffff07" + "61");
        assertIsDamaged("01c801" + "01" + "01" + "808080808010" + "61");
        assertIsDamaged("01c801" + "00" + "00" + "ffffffff07" + "61");
        assertIsDamaged("01c801" + "00" + "00" + "ffffffffffffffffff01");
        assertIsDamaged("01c801" + "00" + "04" + "8080808008");
    }

    @Test
    void numbersOfMoreThan64BitsAreRefused() {
        assertIsDamaged("01c801" + "00" + "01" + "8080808080808080808000");
    }

    @Test
    void unknownNameIsRefused() {
        assertIsDamaged("01c801" + "01" + "09" + "00" + "02");
    }

    @Test
    void unknownKindOfContentIsRefused() {
        assertIsDamaged("01c801" + "00" + "05");
        assertIsDamaged("01c801" + "00" + "ff");
    }

    @Test
    void statusThatIsNoneIsRefused() {
        assertIsDamaged("0100" + "00" + "02");
        assertIsDamaged("01ffff03" + "00" + "02");
        // As an int it would be 200.
        assertIsDamaged("01c881808010" + "00" + "02");
    }

    private static void assertIsDamaged(String hex) {
        assertIsDamaged(HexFormat.of().parseHex(hex));
    }

    private static void assertIsDamaged(byte[] bytes) {
        assertThatThrownBy(() -> StoredResponseCodec.decode(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("A stored response is damaged: its bytes end early or make no sense.")
                .hasCauseInstanceOf(Exception.class);
    }

    private static StoredResponse response(ResponseContent content) {
        return new StoredResponse(201, List.of(new Header("ETag", "ü1")), content);
    }

    private static StoredResponse answer(int status, Header... headers) {
        return new StoredResponse(status, List.of(headers), new ContainerError(null));
    }

    private static String hex(StoredResponse response) {
        return HexFormat.of().formatHex(StoredResponseCodec.encode(response));
    }
}
