package io.idempotency.examples.provider.payments;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the books; knows nothing of keys and retries. */
@Service
@Transactional
class Payments {

    private static final String RESERVATION = "id, order_number AS \"order\", amount, charge_key";

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Reservation reserve(PaymentRequest request, String chargeKey) {
        return jdbc.sql("INSERT INTO reservation (order_number, amount, charge_key) VALUES (?, ?, ?::uuid) RETURNING "
                        + RESERVATION)
                .params(request.order(), request.amount(), chargeKey)
                .query(Reservation.class)
                .single();
    }

    Payment book(Reservation reservation, Charge charge) {
        return jdbc.sql("INSERT INTO payment (reservation_id, order_number, amount, charge) VALUES (?, ?, ?, ?)"
                        + " RETURNING id, order_number AS \"order\", amount, charge")
                .params(reservation.id(), reservation.order(), charge.amount(), charge.id())
                .query(Payment.class)
                .single();
    }

    @Transactional(readOnly = true)
    List<Payment> all() {
        return jdbc.sql("SELECT id, order_number AS \"order\", amount, charge FROM payment ORDER BY id")
                .query(Payment.class)
                .list();
    }

    @Transactional(readOnly = true)
    List<Reservation> unbooked() {
        return jdbc.sql("SELECT " + RESERVATION + " FROM reservation"
                        + " WHERE id NOT IN (SELECT reservation_id FROM payment) ORDER BY id")
                .query(Reservation.class)
                .list();
    }
}
