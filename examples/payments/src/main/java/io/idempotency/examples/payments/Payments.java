package io.idempotency.examples.payments;

import io.idempotency.examples.payments.PaymentRefusedException.InsufficientFunds;
import io.idempotency.examples.payments.PaymentRefusedException.Unknown;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves money; knows nothing of keys and retries. */
@Service
@Transactional
@EnableConfigurationProperties(PaymentsProperties.class)
class Payments {

    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
    private static final String PAYMENT = "id, debtor AS \"from\", creditor AS \"to\", amount";

    private final JdbcClient jdbc;
    private final PaymentsProperties properties;

    Payments(JdbcClient jdbc, PaymentsProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    Payment make(PaymentRequest request) {
        lock(request.from(), request.to());
        debit(request.from(), request.amount());
        delay(request.delaySeconds());
        add(request.to(), request.amount());
        return jdbc.sql("INSERT INTO payment (debtor, creditor, amount) VALUES (?, ?, ?) RETURNING " + PAYMENT)
                .params(request.from(), request.to(), request.amount())
                .query(Payment.class)
                .single();
    }

    Receipt file(String account, long paymentId, String fileName, byte[] content) {
        payment(account, paymentId);
        return jdbc.sql("INSERT INTO receipt (payment_id, file_name, content) VALUES (?, ?, ?)"
                        + " RETURNING id, payment_id, file_name, length(content) AS size")
                .params(paymentId, fileName, content)
                .query(Receipt.class)
                .single();
    }

    @Transactional(readOnly = true)
    Account account(String id) {
        return jdbc.sql("SELECT id, balance FROM account WHERE id = ?")
                .param(id)
                .query(Account.class)
                .optional()
                .orElseThrow(() -> new Unknown("account " + id));
    }

    @Transactional(readOnly = true)
    List<Payment> of(String account) {
        return jdbc.sql("SELECT " + PAYMENT + " FROM payment WHERE ? IN (debtor, creditor) ORDER BY id")
                .param(account)
                .query(Payment.class)
                .list();
    }

    @Transactional(readOnly = true)
    Payment payment(String account, long id) {
        return jdbc.sql("SELECT " + PAYMENT + " FROM payment WHERE id = ? AND ? IN (debtor, creditor)")
                .params(id, account)
                .query(Payment.class)
                .optional()
                .orElseThrow(() -> new Unknown("payment " + id + " of yours"));
    }

    /** In one order for everybody, so that payments in opposite directions do not wait for each other. */
    private void lock(String from, String to) {
        List<String> found = jdbc.sql("SELECT id FROM account WHERE id IN (?, ?) ORDER BY id FOR NO KEY UPDATE")
                .params(from, to)
                .query(String.class)
                .list();
        List.of(from, to).stream().filter(id -> !found.contains(id)).findFirst().ifPresent(id -> {
            throw new Unknown("account " + id);
        });
    }

    /** The database has the last word on whether the balance suffices. */
    private void debit(String account, BigDecimal amount) {
        try {
            add(account, amount.negate());
        } catch (DataIntegrityViolationException e) {
            InsufficientFunds refused = new InsufficientFunds(account);
            refused.initCause(e);
            throw refused;
        }
    }

    private void add(String account, BigDecimal amount) {
        jdbc.sql("UPDATE account SET balance = balance + ? WHERE id = ?")
                .params(amount, account)
                .update();
    }

    private void delay(@Nullable Integer seconds) {
        if (seconds == null || !properties.slowOnRequest()) {
            return;
        }
        LOG.info("The money is debited and not yet credited for {} s: retry now, or kill the service", seconds);
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service is being stopped.", e);
        }
    }
}
