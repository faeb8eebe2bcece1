package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no look-up; that nothing else is passed over is the property's business. */
class GuardedPathsTest {

    private final GuardedPaths paths = new GuardedPaths();

    GuardedPathsTest() {
        paths.add("/payments/{id:[0-9]{3}}/refund", Set.of("POST"));
        paths.add("/payments/order", List.of());
        paths.add("/files/{*rest}", Set.of("PUT"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /search",
        "POST, /payments",
        "POST, /payments/777",
        "POST, /payments/777/notes",
        "POST, /payments/777/refund/more",
        "POST, /payments/orders",
        "DELETE, /payments/777/refund",
        "POST, /files/a/b",
        "POST, /users/a%20b;v=1//notes",
        "POST, /payments/777/n%6ftes",
        "POST, /payments;v=1/777/notes",
        "POST, /payments/order;v=1/more"
    })
    void requestThatFitsNoGuardedMappingIsToldApart(String method, String path) {
        assertThat(paths.mayMatch(method, path, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /payments/777/refund",
        "POST, /payments/777/refund/",
        "POST, /payments/none/refund",
        "PROPFIND, /payments/order",
        "PUT, /files",
        "PUT, /files/a/b"
    })
    void requestThatFitsAGuardedMappingIsLookedUp(String method, String path) {
        assertThat(paths.mayMatch(method, path, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/p%61yments/order",
                "/payments;x=1/order",
                "//payments/order",
                "/payments/order;x",
                "/payments/%6F%72der;x=%C3%A9",
                "/p%C3%A9/order",
                "/p%6/order",
                "/p%zz/order",
                "order"
            })
    void pathThatIsSpelledInAnotherWayIsLookedUp(String path) {
        assertThat(paths.mayMatch("POST", path, 0)).isTrue();
    }

    @Test
    void pathIsReadFromBehindTheContext() {
        assertThat(paths.mayMatch("POST", "/shop/payments/order", "/shop".length()))
                .isTrue();
        assertThat(paths.mayMatch("POST", "/shop/payments/order", 0)).isFalse();
    }

    @Test
    void mappingWithoutAPathIsLookedUpAtTheRootAlone() {
        GuardedPaths root = new GuardedPaths();
        root.add("", Set.of("POST"));

        assertThat(root.mayMatch("POST", "", 0)).isTrue();
        assertThat(root.mayMatch("POST", "/", 0)).isTrue();
        assertThat(root.mayMatch("POST", "/payments", 0)).isFalse();
    }
}
