package io.idempotency.campaign.fuzz;

import io.idempotency.servlet.Parsers;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bodies in several parts, taken apart by the container's own parser and digested by the library. */
final class MultipartTarget implements Target {

    private static final int MOST_PAIRS = 4;

    /** Tomcat raises an exception, with its stack trace, for every file name in an encoding that nobody knows. */
    private static final int BYTES_FOR_A_BYTE = 4000;

    @Override
    public String name() {
        return "multipart";
    }

    @Override
    public List<String> seeds() {
        return List.of(
                lines("--b", "Content-Disposition: form-data; name=\"amount\"", "", "12.50")
                        + lines("--b", "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"")
                        + lines("Content-Type: text/plain", "", "content", "--b--"),
                lines("--b", "Content-Disposition: form-data; name=\"a\"", "", "1")
                        + lines("--b", "Content-Disposition: form-data; name=\"a\"", "", "2", "--b--"),
                lines("--b", "Content-Disposition: form-data; name=\"f\"; filename=\"\"", "", "", "--b--"),
                lines(
                        "--b",
                        "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%c3%bc.txt",
                        "",
                        "x",
                        "--b--"),
                lines(
                                "--b",
                                "Content-Type: multipart/mixed; boundary=c",
                                "Content-Disposition: form-data; name=\"m\"",
                                "")
                        + lines("--c", "Content-Disposition: file; filename=\"x\"", "", "x", "--c--", "--b--"),
                lines("--b", "Content-Disposition: form-data; name=\"a\"; filename=\"a\0b\"", "", "1", "--b--"),
                lines(
                        "--b",
                        "Content-Disposition: form-data; name=\"a\"",
                        "Content-Type: multipart/mixed",
                        "",
                        "1",
                        "--b--"),
                lines("--b--"),
                lines("--b"),
                "");
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    @Override
    public List<String> tokens() {
        return List.of(
                "--b",
                "--b\r\n",
                "\r\n--b",
                "\r\n--b--\r\n",
                "\r\n",
                "\r\n\r\n",
                "\n",
                "Content-Disposition:",
                "Content-Disposition: form-data; name=\"a\"\r\n\r\n",
                "\r\n--b\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n",
                "; filename=\"f\"",
                "; filename=",
                "; filename*=UTF-8''%c3%a9",
                "; filename*=x''%",
                "name=",
                "name=\"\"",
                "\"",
                "\\",
                ";",
                "Content-Type: text/plain\r\n",
                "Content-Type: TEXT/Plain ; charset=x\r\n",
                "Content-Type: multipart/mixed; boundary=c\r\n",
                "--c\r\n",
                "--c--",
                "=?UTF-8?Q?=C3=BC?=",
                "=?UTF-8?B?w7w=?=",
                "=?x?B?",
                "\0",
                "\u00ff",
                "\u00c3\u00bc",
                "X: y\r\n",
                " folded\r\n",
                ":",
                "-");
    }

    @Override
    public int maxLength() {
        return 800;
    }

    @Override
    public Outcome run(String input) throws Exception {
        Optional<List<Part>> parts = MultipartBody.parse("b", input);
        if (parts.isEmpty()) {
            return Outcome.fallback(Outcome.magnitude(input.length()) + kinds(input));
        }
        byte[] digest = Allocation.bounded(BYTES_FOR_A_BYTE, input.length(), () -> Parsers.multipart(parts.get()));
        requireOneDigestForAllOrders(input, parts.get(), digest);
        if (parts.get().stream().allMatch(MultipartBody::canBeWritten)) {
            requireOneDigestForAllBoundaries(input, parts.get(), digest);
        }
        String feature = parts.get().size() + " " + Outcome.magnitude(input.length()) + kinds(input);
        return Outcome.accepted(feature);
    }

    private static void requireOneDigestForAllOrders(String input, List<Part> parts, byte[] digest) throws IOException {
        List<Part> shuffled = shuffled(parts, new Choice(input.hashCode()));
        ViolationException.unless(
                Arrays.equals(digest, Parsers.multipart(shuffled)), "the order between names does not matter");
        if (!parts.isEmpty()) {
            List<Part> fewer = parts.subList(1, parts.size());
            ViolationException.unless(!Arrays.equals(digest, Parsers.multipart(fewer)), "one part fewer matters");
        }
        for (int i = 1; i < Math.min(parts.size(), MOST_PAIRS); i++) {
            List<Part> turned = new ArrayList<>(parts);
            turned.set(i, parts.get(i - 1));
            turned.set(i - 1, parts.get(i));
            boolean matters = MultipartBody.sameName(parts.get(i), parts.get(i - 1))
                    && !Arrays.equals(
                            Parsers.multipart(List.of(parts.get(i))), Parsers.multipart(List.of(parts.get(i - 1))));
            ViolationException.unless(
                    matters != Arrays.equals(digest, Parsers.multipart(turned)),
                    "the order within a name matters and no other");
        }
    }

    private static void requireOneDigestForAllBoundaries(String input, List<Part> parts, byte[] digest)
            throws IOException {
        Choice choice = new Choice(input.length());
        String boundary = "other-" + Long.toHexString(choice.number());
        String written = MultipartBody.written(boundary, shuffled(parts, choice));
        List<Part> again = MultipartBody.parse(boundary, written)
                .orElseThrow(() -> new ViolationException("What was written cannot be read: " + Latin1.shown(written)));
        ViolationException.unless(
                Arrays.equals(digest, Parsers.multipart(again)),
                "the boundary does not matter: " + Latin1.shown(written));
    }

    /** In another order, but not within a name. */
    private static List<Part> shuffled(List<Part> parts, Choice choice) {
        Map<String, List<Part>> byName = new LinkedHashMap<>();
        List<String> turns = new ArrayList<>();
        for (Part part : parts) {
            String name = String.valueOf(part.getName());
            byName.computeIfAbsent(name, none -> new ArrayList<>()).add(part);
            turns.add(name);
        }
        choice.shuffle(turns);
        return turns.stream()
                .map(name -> byName.getOrDefault(name, List.of()).remove(0))
                .toList();
    }

    private static String kinds(String input) {
        StringBuilder kinds = new StringBuilder();
        for (String kind : List.of("filename=", "filename*", "Type", "mixed", "=?", "\0", "\u00ff", "--b--")) {
            kinds.append(input.contains(kind) ? kind.charAt(kind.length() - 2 < 0 ? 0 : kind.length() - 2) : '.');
        }
        return kinds.toString();
    }
}
