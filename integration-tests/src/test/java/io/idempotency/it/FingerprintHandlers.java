package io.idempotency.it;

import io.idempotency.Idempotent;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Handlers that differ in what tells two requests apart. */
@WireController
@RequestMapping(
        path = "/fingerprint",
        method = {RequestMethod.POST, RequestMethod.PUT})
class FingerprintHandlers {

    @Idempotent
    @RequestMapping({"/default", "/default/{id}"})
    String byMeaning() {
        return "done";
    }

    @Idempotent(ignore = {"/clientTimestamp", "/device/battery"})
    @RequestMapping("/ignoring")
    String ignoring() {
        return "done";
    }

    @Idempotent(rawBody = true)
    @RequestMapping("/raw")
    String raw() {
        return "done";
    }

    @Idempotent(fingerprintHeaders = {"X-Tenant", "Accept"})
    @RequestMapping("/headers")
    String headers() {
        return "done";
    }
}
