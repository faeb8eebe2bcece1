package io.idempotency.benchmarks.application;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** The API with a key: hashes what was sent and answers what was kept. */
@RestController
final class ByHandController {

    private static final String KEY = "Idempotency-Key";

    private final PaymentsOnce payments;
    private final JsonMapper json;

    ByHandController(PaymentsOnce payments, JsonMapper json) {
        this.payments = payments;
        this.json = json;
    }

    @PostMapping("/payments")
    ResponseEntity<String> pay(@RequestHeader(KEY) String key, @RequestBody byte[] body) {
        PaymentRequest request = json.readValue(body, PaymentRequest.class);
        return answer(payments.make(key, sha256().digest(body), request));
    }

    @PostMapping(path = "/payments/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> payByForm(@RequestHeader(KEY) String key, @ModelAttribute PaymentRequest request) {
        return answer(payments.make(key, hash(request).digest(), request));
    }

    @PostMapping(path = "/payments/receipts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> payWithReceipt(
            @RequestHeader(KEY) String key, @ModelAttribute PaymentRequest request, @RequestParam MultipartFile receipt)
            throws IOException {
        MessageDigest digest = hash(request);
        try (InputStream content = new DigestInputStream(receipt.getInputStream(), digest)) {
            content.skipNBytes(receipt.getSize());
        }
        return answer(payments.make(key, digest.digest(), request));
    }

    private static MessageDigest hash(PaymentRequest request) {
        MessageDigest digest = sha256();
        digest.update(request.toString().getBytes(StandardCharsets.UTF_8));
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static ResponseEntity<String> answer(Outcome outcome) {
        if (!outcome.sameRequest()) {
            throw new ResponseStatusException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "The key was used with another request.");
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setLocation(URI.create(outcome.location()));
        if (outcome.replayed()) {
            headers.set("Idempotent-Replayed", "true");
        }
        return new ResponseEntity<>(outcome.body(), headers, outcome.status());
    }
}
