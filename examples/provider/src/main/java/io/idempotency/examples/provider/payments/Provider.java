package io.idempotency.examples.provider.payments;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The provider, as it is seen from here: over HTTP. */
@Component
class Provider {

    /** Below {@code idempotency.lease.max-lifetime}: a handler that waits for longer would lose its claim. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RestClient http;

    Provider(@Value("${payments.provider-url}") String url) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(PATIENCE);
        this.http = RestClient.builder().baseUrl(url).requestFactory(requests).build();
    }

    /** Charges at most once for a key, however often it is called. */
    Charge charge(String key, BigDecimal amount) {
        Charge charge = http.post()
                .uri("/charges")
                .header("Idempotency-Key", key)
                .body(Map.of("amount", amount))
                .retrieve()
                .body(Charge.class);
        return Objects.requireNonNull(charge, "The provider answered without a charge.");
    }

    /** What was charged for a key, if anything was. */
    Optional<Charge> find(String key) {
        List<Charge> found = http.get()
                .uri("/charges?key={key}", key)
                .retrieve()
                .body(new ParameterizedTypeReference<List<Charge>>() {});
        return found == null ? Optional.empty() : found.stream().findFirst();
    }
}
