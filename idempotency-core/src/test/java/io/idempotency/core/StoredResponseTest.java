package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.StoredResponse.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredResponseTest {

    @Test
    void statusIsAnHttpStatusCode() {
        assertThat(Samples.response(100).status()).isEqualTo(100);
        assertThat(Samples.response(599).status()).isEqualTo(599);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.response(99))
                .withMessage("An HTTP status code is between 100 and 599; this one is 99.");
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.response(600));
    }

    @Test
    void headersStayAsTheyWereWhenTheListIsChanged() {
        List<Header> headers = new ArrayList<>(List.of(new Header("ETag", "1")));
        StoredResponse response = new StoredResponse(200, headers, new ContainerError(null));
        headers.clear();

        assertThat(response.headers()).containsExactly(new Header("ETag", "1"));
    }

    @Test
    void textFormShowsNothingOfTheAnswerItself() {
        List<Header> headers = List.of(new Header("Location", "/secret"));

        assertThat(new StoredResponse(201, headers, new Body(new byte[] {1, 2})))
                .hasToString("StoredResponse[status=201, headers=[Location], content=Body[2 bytes]]");
        assertThat(new ContainerError("secret")).hasToString("ContainerError");
        assertThat(new ContainerRedirect("/secret")).hasToString("ContainerRedirect");
    }

    @Test
    void bodiesAreComparedByTheirBytes() {
        assertThat(new Body(new byte[] {1, 2}))
                .isEqualTo(new Body(new byte[] {1, 2}))
                .hasSameHashCodeAs(new Body(new byte[] {1, 2}))
                .isNotEqualTo(new Body(new byte[] {1, 3}))
                .isNotEqualTo("body");
        assertThat(new Body(new byte[] {1}).hashCode()).isNotEqualTo(new Body(new byte[] {2}).hashCode());
    }
}
