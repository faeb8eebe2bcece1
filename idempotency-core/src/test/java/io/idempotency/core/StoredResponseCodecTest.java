package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.util.Arrays;
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
                .isEqualTo("01" + "00c9" + "00000001" + "00000004" + "45546167" + "00000003" + "c3bc31" + "00"
                        + "00000002" + "090a");
        assertThat(hex(new StoredResponse(413, List.of(), new NotKept(5))))
                .isEqualTo("01019d" + "00000000" + "01" + "0000000000000005");
        assertThat(hex(new StoredResponse(500, List.of(), new ContainerError(null))))
                .isEqualTo("0101f4" + "00000000" + "02");
        assertThat(hex(new StoredResponse(500, List.of(), new ContainerError("a"))))
                .isEqualTo("0101f4" + "00000000" + "03" + "00000001" + "61");
        assertThat(hex(new StoredResponse(302, List.of(), new ContainerRedirect("/"))))
                .isEqualTo("01012e" + "00000000" + "04" + "00000001" + "2f");
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
    void absurdLengthsAreRefusedWithoutAskingForTheMemory() {
        assertIsDamaged("0100c8" + "7fffffff" + "00000001" + "61");
        assertIsDamaged("0100c8" + "ffffffff" + "00" + "00000000");
        assertIsDamaged("0100c8" + "00000001" + "7fffffff" + "61");
        assertIsDamaged("0100c8" + "00000000" + "00" + "7fffffff" + "61");
        assertIsDamaged("0100c8" + "00000000" + "00" + "ffffffff");
        assertIsDamaged("0100c8" + "00000000" + "04" + "80000000");
    }

    @Test
    void unknownKindOfContentIsRefused() {
        assertIsDamaged("0100c8" + "00000000" + "05");
        assertIsDamaged("0100c8" + "00000000" + "ff");
    }

    @Test
    void statusThatIsNoneIsRefused() {
        assertIsDamaged("010000" + "00000000" + "02");
        assertIsDamaged("01ffff" + "00000000" + "02");
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

    private static String hex(StoredResponse response) {
        return HexFormat.of().formatHex(StoredResponseCodec.encode(response));
    }
}
