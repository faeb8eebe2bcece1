package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.connector.Response;
import org.junit.jupiter.api.Test;

/** On Tomcat's own response, which names a header field as often as it is there. */
class HeaderSnapshotTest {

    private final Response response = new Response(new org.apache.coyote.Response());

    @Test
    void everyFieldIsRestoredAsOftenAsItWasThere() {
        response.addHeader("Vary", "Origin");
        response.addHeader("vary", "Access-Control-Request-Method");
        response.addHeader("Vary", "Access-Control-Request-Headers");
        response.setContentType("text/plain");
        HeaderSnapshot before = new HeaderSnapshot(response);
        response.addHeader("Vary", "Accept");
        response.setHeader("Location", "/payments/7");
        response.setContentType("application/json");

        before.restore(response);

        assertThat(response.getCoyoteResponse().getMimeHeaders().size()).isEqualTo(3);
        assertThat(response.getHeaders("Vary"))
                .containsExactly("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
        assertThat(response.getHeader("Location")).isNull();
        assertThat(response.getContentType()).isEqualTo("text/plain");
    }
}
