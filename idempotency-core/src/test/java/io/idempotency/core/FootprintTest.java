package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private static final int ORDINARY_OBJECTS = 640;

    @Test
    void bodyCountsWithItsBytes() {
        assertThat(of(new Body(new byte[0]))).isEqualTo(ORDINARY_OBJECTS);
        assertThat(of(new Body(new byte[3_000]))).isEqualTo(ORDINARY_OBJECTS + 3_000);
    }

    @Test
    void headersCountWithTwoBytesForACharacter() {
        assertThat(of(new Body(new byte[0]), new Header("ETag", "\"1\""), new Header("Link", "</a>")))
                .isEqualTo(ORDINARY_OBJECTS + 128 + 8 + 6 + 128 + 8 + 8);
    }

    @Test
    void textThatIsLeftToTheContainerCountsWithTwoBytesForACharacter() {
        assertThat(of(new ContainerError("no such account"))).isEqualTo(ORDINARY_OBJECTS + 30);
        assertThat(of(new ContainerError(null))).isEqualTo(ORDINARY_OBJECTS);
        assertThat(of(new ContainerRedirect("/payments/1"))).isEqualTo(ORDINARY_OBJECTS + 22);
    }

    @Test
    void bodyThatIsNotKeptTakesNoRoom() {
        assertThat(of(new NotKept(1L << 40))).isEqualTo(ORDINARY_OBJECTS);
    }

    private static long of(ResponseContent content, Header... headers) {
        return Footprint.of(new StoredResponse(200, List.of(headers), content));
    }
}
