package io.idempotency.campaign.fuzz;

import java.nio.charset.StandardCharsets;

/** Bytes as a text of as many characters, in which they are kept, compared and shown. */
final class Latin1 {

    private Latin1() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String utf8(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One line that shows every byte. */
    static String escaped(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                line.append("\\\\");
            } else if (c < 0x20 || c > 0x7E) {
                line.append(String.format("\\%02x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (line.charAt(i + 1) == '\\') {
                text.append('\\');
                i++;
            } else {
                text.append((char) Integer.parseInt(line.substring(i + 1, i + 3), 16));
                i += 2;
            }
        }
        return text.toString();
    }

    /** What a report has room for. */
    static String shown(String text) {
        String line = escaped(text);
        return line.length() <= 600 ? line : line.substring(0, 600) + "… (" + text.length() + " bytes)";
    }
}
