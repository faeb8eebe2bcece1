package io.idempotency.it.ledger;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The business. */
public class Ledger {

    static final String EXISTING_ACCOUNT = "cash";

    private final EntryRepository entries;
    private final JdbcClient jdbc;

    Ledger(EntryRepository entries, JdbcClient jdbc) {
        this.entries = entries;
        this.jdbc = jdbc;
    }

    /** A business rule was broken. */
    public static class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void insert(String reference, String account) {
        jdbc.sql("INSERT INTO entry (id, reference, account) VALUES (?, ?, ?)")
                .params(UUID.randomUUID().toString(), reference, account)
                .update();
    }

    @Transactional
    public void refuseAfterInsert(String reference) {
        insert(reference, EXISTING_ACCOUNT);
        throw new Refused();
    }

    @Transactional
    public Entry save(String reference) {
        return entries.save(new Entry(UUID.randomUUID().toString(), reference, EXISTING_ACCOUNT));
    }
}
