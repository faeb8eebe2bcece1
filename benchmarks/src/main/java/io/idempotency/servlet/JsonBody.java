package io.idempotency.servlet;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The JSON bodies on which the fingerprint is measured. */
public enum JsonBody {
    /** What most guarded requests look like: 200 bytes, one level. */
    PAYMENT_200B,
    /** 10 kB of positions with many members, and numbers for the most part. */
    ORDER_10KB,
    /** 1 MB: an array of small objects. */
    OBJECTS_1MB,
    /** 1 MB: a few long texts. */
    LONG_TEXTS_1MB,
    /** 1 MB: texts in a language that ASCII cannot write, with some escapes. */
    FOREIGN_TEXTS_1MB,
    /** 1 MB: one object of many members, in no order. */
    MEMBERS_1MB,
    /** 100 kB: objects within objects, 10,000 deep. */
    DEEP_100KB;

    byte[] bytes() {
        String json = switch (this) {
            case PAYMENT_200B -> payment();
            case ORDER_10KB -> "{\"orderId\":\"A-2024-000017\",\"items\":" + array(46, JsonBody::position) + "}";
            case OBJECTS_1MB -> array(7_400, JsonBody::customer);
            case LONG_TEXTS_1MB -> array(10, i -> "\"" + (i + " lorem ipsum dolor ").repeat(5_000) + "\"");
            case FOREIGN_TEXTS_1MB -> array(4_000, i -> "\"" + "Größe überprüfen: 価格は千円です、\\n".repeat(4) + i + "\"");
            case MEMBERS_1MB ->
                array(50_000, i -> "\"m" + i * 7919L % 50_000 + "\":" + i * 31 + ".5")
                        .replace('[', '{')
                        .replace(']', '}');
            case DEEP_100KB -> "{\"b\":1,\"a\":".repeat(8_000) + "0" + "}".repeat(8_000);
        };
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String payment() {
        return "{\"amount\":129.90,\"currency\":\"EUR\",\"debtor\":{\"name\":\"Erika Mustermann\",\"iban\":"
                + "\"DE89370400440532013000\"},\"creditor\":{\"name\":\"Hans Beispiel\",\"iban\":"
                + "\"DE02120300000000202051\"},\"reference\":\"RF18539\"}";
    }

    private static String position(int i) {
        return "{\"sku\":\"SKU-" + (100_000 + i) + "\",\"quantity\":" + (i % 9 + 1) + ",\"unitPrice\":" + (i + 10)
                + ".95,\"discount\":0.15,\"tax\":19,\"net\":" + i * 37 + ".4,\"gross\":" + i * 44
                + ".526,\"weight\":1.25e1,\"width\":120,\"height\":80,\"depth\":60,\"gift\":false,"
                + "\"note\":null,\"warehouse\":" + i % 7 + "}";
    }

    private static String customer(int i) {
        return "{\"id\":" + i + ",\"name\":\"Customer number " + i + "\",\"email\":\"customer" + i
                + "@example.org\",\"active\":true,\"balance\":" + i + ".25,\"tags\":[\"a\",\"b\",\"c\"]}";
    }

    private static String array(int length, IntFunction<String> element) {
        return IntStream.range(0, length).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }
}
