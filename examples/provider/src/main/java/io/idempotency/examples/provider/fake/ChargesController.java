package io.idempotency.examples.provider.fake;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The provider's API, and what the demonstration asks of it. */
@RestController
class ChargesController {

    private final Charges charges;
    private final Trouble trouble = new Trouble();

    ChargesController(Charges charges) {
        this.charges = charges;
    }

    @PostMapping("/charges")
    Charge charge(@RequestHeader("Idempotency-Key") UUID key, @Valid @RequestBody ChargeRequest request) {
        Charge charge = charges.charge(key, request.amount());
        if (charge.amount().compareTo(request.amount()) != 0) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "The key was used for another charge.");
        }
        trouble.afterCharging();
        return charge;
    }

    @GetMapping("/charges")
    List<Charge> charges(@RequestParam Optional<UUID> key) {
        return key.map(charges::of).orElseGet(charges::all);
    }

    @PutMapping("/trouble")
    void trouble(@RequestParam Trouble.Kind kind) {
        trouble.prepare(kind);
    }
}
