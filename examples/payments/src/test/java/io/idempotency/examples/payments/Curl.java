package io.idempotency.examples.payments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of curl that the README uses, so that its commands are sent as they stand where there is no curl. */
final class Curl {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s'\"\\\\]+)");
    private static final String BOUNDARY = "part-of-the-transcript";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> headers = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
    private final Path directory;
    private boolean showsHeaders;
    private @Nullable String method;
    private @Nullable String url;

    private Curl(Path directory) {
        this.directory = directory;
    }

    /** What came back; as text it reads as curl prints it. */
    record Answer(boolean showsHeaders, HttpResponse<String> response) {

        String text() {
            if (!showsHeaders) {
                return response.body();
            }
            StringBuilder text = new StringBuilder("HTTP/1.1 " + response.statusCode() + "\n");
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value ->
                            text.append(name).append(": ").append(value).append('\n')));
            return text.append('\n').append(response.body()).toString();
        }
    }

    /** Sends a command; {@code @} files are looked up in the directory. */
    static Answer send(String command, Path directory) {
        Curl curl = new Curl(directory);
        curl.read(words(command));
        try {
            return new Answer(curl.showsHeaders, CLIENT.send(curl.request(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        int end = 0;
        while (matcher.find()) {
            if (!command.substring(end, matcher.start()).isBlank()) {
                throw new IllegalArgumentException("Quoting that this test does not know: " + command);
            }
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            end = matcher.end();
        }
        if (!command.substring(end).isBlank() || !words.get(0).equals("curl")) {
            throw new IllegalArgumentException("Not a command that this test knows: " + command);
        }
        return words;
    }

    private void read(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "-s" -> {}
                case "-i" -> showsHeaders = true;
                case "-u" -> headers.addAll(List.of("Authorization", basic(words.get(++i))));
                case "-H" -> headers.addAll(List.of(words.get(++i).split(":\\s*", 2)));
                case "-d" -> data.add(words.get(++i));
                case "-F" -> parts.add(words.get(++i));
                case "-X" -> method = words.get(++i);
                default -> readUrl(word);
            }
        }
    }

    private void readUrl(String word) {
        if (word.startsWith("-") || url != null) {
            throw new IllegalArgumentException("An option of curl that this test does not know: " + word);
        }
        url = word;
    }

    private HttpRequest request() throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(String.valueOf(url))).timeout(Duration.ofSeconds(60));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        boolean hasBody = !data.isEmpty() || !parts.isEmpty();
        if (hasBody
                && headers.stream()
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).equals("content-type"))) {
            request.header(
                    "Content-Type",
                    parts.isEmpty()
                            ? "application/x-www-form-urlencoded"
                            : "multipart/form-data; boundary=" + BOUNDARY);
        }
        byte[] body = parts.isEmpty() ? String.join("&", data).getBytes(StandardCharsets.UTF_8) : multipart();
        return request.method(
                        method != null ? method : hasBody ? "POST" : "GET",
                        hasBody ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody())
                .build();
    }

    private byte[] multipart() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String part : parts) {
            String[] nameAndValue = part.split("=", 2);
            String value = nameAndValue[1];
            boolean isFile = value.startsWith("@");
            Path file = directory.resolve(value.substring(isFile ? 1 : 0));
            String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + nameAndValue[0] + "\""
                    + (isFile
                            ? "; filename=\"" + file.getFileName() + "\"\r\nContent-Type: application/octet-stream"
                            : "")
                    + "\r\n\r\n";
            body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(isFile ? Files.readAllBytes(file) : value.getBytes(StandardCharsets.UTF_8));
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
