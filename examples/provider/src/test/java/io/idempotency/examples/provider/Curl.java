package io.idempotency.examples.provider;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of curl that the README uses, so that its commands are sent as they stand where there is no curl. */
final class Curl {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s'\"\\\\]+)");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> headers = new ArrayList<>();
    private boolean showsHeaders;
    private Duration patience = Duration.ZERO;
    private String method = "GET";
    private BodyPublisher body = BodyPublishers.noBody();
    private @Nullable String url;

    private Curl() {}

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

    static Answer send(String command) {
        Curl curl = new Curl();
        curl.read(words(command));
        return new Answer(curl.showsHeaders, curl.sendUntilItSucceeds());
    }

    /** {@code --retry} with {@code --retry-all-errors}: again while the answer is an error, a second after each other. */
    private HttpResponse<String> sendUntilItSucceeds() {
        HttpRequest request = request();
        if (patience.isZero()) {
            return send(request);
        }
        return await(request.uri().toString())
                .atMost(patience)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> send(request), answer -> answer.statusCode() < 400);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
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
                case "-s", "-f", "--retry-all-errors" -> {}
                case "-i" -> showsHeaders = true;
                case "--retry" -> patience = Duration.ofSeconds(Long.parseLong(words.get(++i)));
                case "-H" -> headers.addAll(List.of(words.get(++i).split(":\\s*", 2)));
                case "-X" -> method = words.get(++i);
                case "-d" -> {
                    method = "POST";
                    body = BodyPublishers.ofString(words.get(++i));
                }
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

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(String.valueOf(url)))
                .timeout(Duration.ofSeconds(90))
                .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request.build();
    }
}
