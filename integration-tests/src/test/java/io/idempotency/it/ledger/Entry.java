package io.idempotency.it.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A line of the ledger: its reference is unique, its account must exist by the time of the commit. */
@Entity
@Table(name = "entry")
public class Entry {

    @Id
    private String id = "";

    @Column(unique = true)
    private String reference = "";

    private String account = "";

    protected Entry() {}

    Entry(String id, String reference, String account) {
        this.id = id;
        this.reference = reference;
        this.account = account;
    }

    String id() {
        return id;
    }
}
