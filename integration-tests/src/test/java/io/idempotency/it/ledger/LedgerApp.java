package io.idempotency.it.ledger;

import io.idempotency.Idempotent;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The service: each endpoint goes wrong in its own way. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({LedgerApp.Guarded.class, LedgerApp.Plain.class, LedgerApp.Errors.class})
public class LedgerApp {

    /** How often a handler ran. */
    public static final AtomicInteger RUNS = new AtomicInteger();

    /** Called by the handler after its effect, before it answers. */
    public static volatile Runnable beforeAnswer = () -> {};

    /** What the service needs in its database. */
    public static final String SCHEMA = """
            CREATE TABLE account (name varchar PRIMARY KEY);
            INSERT INTO account VALUES ('cash');
            CREATE TABLE entry (id varchar PRIMARY KEY, reference varchar UNIQUE,
                account varchar REFERENCES account DEFERRABLE INITIALLY DEFERRED);
            CREATE TABLE counter (name varchar PRIMARY KEY, value int);
            INSERT INTO counter VALUES ('read by the handler', 0), ('written by the handler', 0);
            CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE TABLE fatal (id int);
            CREATE CONSTRAINT TRIGGER hang_up_at_commit AFTER INSERT ON fatal DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION hang_up();
            """;

    @Bean
    Ledger ledger(EntryRepository entries, JdbcClient jdbc) {
        return new Ledger(entries, jdbc);
    }

    @Bean
    FaultyDataSource.Installer faults() {
        return new FaultyDataSource.Installer();
    }

    /** The application's own answers to its errors. */
    @RestControllerAdvice
    static class Errors {

        @ExceptionHandler
        ResponseEntity<String> refused(Ledger.Refused e) {
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_ENTITY.value())
                    .body("refused");
        }

        @ExceptionHandler
        ResponseEntity<String> exists(DataIntegrityViolationException e) {
            return ResponseEntity.status(HttpStatus.CONFLICT).body("exists");
        }
    }

    /** The same handlers without the library, and one that has nothing to do with it. */
    @RestController
    static class Plain {

        private final Ledger ledger;

        Plain(Ledger ledger) {
            this.ledger = ledger;
        }

        @PostMapping("/plain/jpa")
        ResponseEntity<String> jpa(@RequestParam String reference) {
            return created(ledger.save(reference));
        }

        @GetMapping("/unrelated")
        String unrelated() {
            return "here";
        }
    }

    private static ResponseEntity<String> created(Entry entry) {
        return ResponseEntity.created(URI.create("/entries/" + entry.id()))
                .header("X-Entry", "yes")
                .body("saved");
    }

    /** The guarded handlers. */
    @RestController
    static class Guarded {

        private final Ledger ledger;
        private final JdbcTemplate jdbc;

        Guarded(Ledger ledger, JdbcTemplate jdbc) {
            this.ledger = ledger;
            this.jdbc = jdbc;
        }

        @PostMapping("/entries")
        @Idempotent
        ResponseEntity<String> insert(@RequestParam String reference) {
            return inserted(reference);
        }

        @PostMapping("/entries/repeatable-read")
        @Idempotent(isolation = Isolation.REPEATABLE_READ)
        ResponseEntity<String> insertAtRepeatableRead(@RequestParam String reference) {
            return inserted(reference);
        }

        @PostMapping("/entries/serializable")
        @Idempotent(isolation = Isolation.SERIALIZABLE)
        ResponseEntity<String> insertAtSerializable(@RequestParam String reference) {
            return inserted(reference);
        }

        private ResponseEntity<String> inserted(String reference) {
            RUNS.incrementAndGet();
            ledger.insert(reference, Ledger.EXISTING_ACCOUNT);
            beforeAnswer.run();
            return ResponseEntity.status(HttpStatus.CREATED).body("inserted " + reference);
        }

        @PostMapping("/jpa")
        @Idempotent
        ResponseEntity<String> jpa(@RequestParam String reference) {
            RUNS.incrementAndGet();
            return created(ledger.save(reference));
        }

        @PostMapping("/jpa/unavailable")
        @Idempotent
        ResponseEntity<String> jpaThenUnavailable(@RequestParam String reference) {
            ledger.save(reference);
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("not now");
        }

        @PostMapping("/unknown-account")
        @Idempotent
        ResponseEntity<String> unknownAccount(@RequestParam String reference) {
            RUNS.incrementAndGet();
            ledger.insert(reference, "nobody's");
            return ResponseEntity.status(HttpStatus.CREATED).body("inserted");
        }

        @PostMapping("/refused")
        @Idempotent
        ResponseEntity<String> refused(@RequestParam String reference) {
            RUNS.incrementAndGet();
            ledger.refuseAfterInsert(reference);
            return ResponseEntity.ok("never");
        }

        @PostMapping("/caught")
        @Idempotent
        ResponseEntity<String> caught(@RequestParam String reference) {
            RUNS.incrementAndGet();
            try {
                ledger.refuseAfterInsert(reference);
            } catch (Ledger.Refused e) {
                return ResponseEntity.status(HttpStatus.CREATED).body("all is well");
            }
            return ResponseEntity.ok("never");
        }

        @PostMapping("/broken-sql")
        @Idempotent
        ResponseEntity<String> brokenSql(@RequestParam int status) {
            RUNS.incrementAndGet();
            ledger.insert("broken-sql-" + RUNS.get(), Ledger.EXISTING_ACCOUNT);
            try {
                jdbc.execute("SELECT 1 / 0");
            } catch (DataIntegrityViolationException e) {
                return ResponseEntity.status(status).body("caught");
            }
            return ResponseEntity.ok("never");
        }

        @PostMapping("/terminated-at-commit")
        @Idempotent
        ResponseEntity<String> terminatedAtCommit(@RequestParam String reference) {
            RUNS.incrementAndGet();
            ledger.insert(reference, Ledger.EXISTING_ACCOUNT);
            jdbc.update("INSERT INTO fatal VALUES (1)");
            return ResponseEntity.status(HttpStatus.CREATED).body("inserted");
        }

        @PostMapping("/write-skew")
        @Idempotent(isolation = Isolation.SERIALIZABLE)
        Map<String, Object> writeSkew() {
            Map<String, Object> seen = jdbc.queryForMap("SELECT value FROM counter WHERE name = 'read by the handler'");
            jdbc.update("UPDATE counter SET value = value + 1 WHERE name = 'written by the handler'");
            beforeAnswer.run();
            return seen;
        }

        @PostMapping("/slow")
        @Idempotent(timeout = "1s")
        String slow(HttpServletResponse response) {
            jdbc.execute("SELECT pg_sleep(3)");
            return "too late";
        }
    }
}
