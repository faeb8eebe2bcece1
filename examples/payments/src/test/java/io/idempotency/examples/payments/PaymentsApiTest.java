package io.idempotency.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The endpoints, each sent twice. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(120)
class PaymentsApiTest {

    private final String key = UUID.randomUUID().toString();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @TempDir
    private Path directory;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        String url = PostgresUnderTest.newDatabase().url();
        registry.add("spring.datasource.url", () -> url);
    }

    @BeforeEach
    void everybodyHasAHundred() {
        jdbc.sql("TRUNCATE payment, receipt").update();
        jdbc.sql("UPDATE account SET balance = 100").update();
    }

    @Test
    void formIsExecutedOnce() {
        String form = "-u alice:alice -d from=alice -d to=bob -d amount=5";
        HttpResponse<String> first = post("/payments/form", form);
        HttpResponse<String> second = post("/payments/form", form);

        assertThat(first.statusCode()).isEqualTo(201);
        assertReplay(second, first);
        assertThat(second.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertBalances("95.00", "105.00");
    }

    @Test
    void multipartIsExecutedOnceAndItsFileIsCompared() throws Exception {
        post("/payments", pay("alice", "bob", "5"));
        long payment = jdbc.sql("SELECT id FROM payment").query(Long.class).single();
        Path file = directory.resolve("receipt.txt");
        Files.writeString(file, "paid");
        String parts = "-u alice:alice -F paymentId=" + payment + " -F file=@receipt.txt";
        String receiptKey = "receipt-of-" + payment;

        HttpResponse<String> first = post("/payments/receipts", parts, receiptKey);
        HttpResponse<String> second = post("/payments/receipts", parts, receiptKey);
        Files.writeString(file, "owed");
        HttpResponse<String> otherFile = post("/payments/receipts", parts, receiptKey);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"fileName\":\"receipt.txt\"", "\"size\":4");
        assertReplay(second, first);
        assertThat(otherFile.statusCode()).isEqualTo(422);
        assertThat(otherFile.body()).contains("\"code\":\"key-reused\"");
        assertThat(jdbc.sql("SELECT convert_from(content, 'UTF8') FROM receipt")
                        .query(String.class)
                        .list())
                .containsExactly("paid");
    }

    @Test
    void twoUsersWithTheSameKeyPayBoth() {
        HttpResponse<String> alices = post("/payments", pay("alice", "bob", "10"));
        HttpResponse<String> bobs = post("/payments", pay("bob", "alice", "3"));

        assertThat(alices.statusCode()).isEqualTo(201);
        assertThat(bobs.statusCode()).isEqualTo(201);
        assertThat(bobs.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertBalances("93.00", "107.00");
    }

    @Test
    void refusalForLackOfFundsIsReplayedEvenWhenTheMoneyHasArrived() {
        HttpResponse<String> first = post("/payments", pay("alice", "bob", "101"));
        jdbc.sql("UPDATE account SET balance = 1000 WHERE id = 'alice'").update();
        HttpResponse<String> second = post("/payments", pay("alice", "bob", "101"));

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(first.body()).contains("\"code\":\"insufficient-funds\"");
        assertReplay(second, first);
        assertBalances("1000.00", "100.00");
    }

    @Test
    void accountOfSomebodyElseIsNotForPaying() {
        HttpResponse<String> answer =
                post("/payments", pay("alice", "bob", "5").replace("-u alice:alice", "-u bob:bob"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"not-the-owner\"");
        assertBalances("100.00", "100.00");
    }

    @Test
    void paymentIsNotSlowOutsideTheDemonstration() {
        String slow = pay("alice", "bob", "5").replace("\"amount\"", "\"delaySeconds\": 60, \"amount\"");

        assertThat(post("/payments", slow).statusCode()).isEqualTo(201);
    }

    @Test
    void nobodyPaysWithoutPassword() {
        String anonymous = pay("alice", "bob", "5").replace("-u alice:alice", "");

        assertThat(post("/payments", anonymous).statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", "").statusCode()).isEqualTo(200);
    }

    @Test
    void paymentsAreListedForBothSides() {
        post("/payments", pay("alice", "bob", "5"));

        String paid = "\"from\":\"alice\",\"to\":\"bob\",\"amount\":5.00";
        assertThat(get("/payments", "-u alice:alice").body()).contains(paid);
        assertThat(get("/payments", "-u bob:bob").body()).contains(paid);
    }

    private static String pay(String from, String to, String amount) {
        return "-u " + from + ":" + from + " -H 'Content-Type: application/json' -d '{\"from\": \"" + from
                + "\", \"to\": \"" + to + "\", \"amount\": " + amount + "}'";
    }

    private HttpResponse<String> post(String path, String options) {
        return post(path, options, key);
    }

    private HttpResponse<String> post(String path, String options, String idempotencyKey) {
        return get(path, "-X POST -H 'Idempotency-Key: " + idempotencyKey + "' " + options);
    }

    private HttpResponse<String> get(String path, String options) {
        return Curl.send("curl " + options + " http://localhost:" + port + path, directory)
                .response();
    }

    private static void assertReplay(HttpResponse<String> second, HttpResponse<String> first) {
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    private void assertBalances(String alice, String bob) {
        assertThat(jdbc.sql("SELECT id || ' ' || balance FROM account ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("alice " + alice, "bob " + bob);
    }
}
