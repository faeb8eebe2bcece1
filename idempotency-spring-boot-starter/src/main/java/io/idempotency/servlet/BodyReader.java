package io.idempotency.servlet;

import io.idempotency.servlet.GuardedBody.Bytes;
import io.idempotency.servlet.GuardedBody.Form;
import io.idempotency.servlet.GuardedBody.Multipart;
import io.idempotency.servlet.GuardedBody.Unreadable;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a request's body, whole and up to a limit, in the way in which the container would have read it. Thread-safe. */
final class BodyReader {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final long maxBodySize;
    private final Predicate<HttpServletRequest> readAsParts;

    /**
     * A reader.
     *
     * @param maxBodySize the most bytes that a body may have
     * @param readAsParts whether the dispatcher will have the container take a request's body apart into parts
     */
    BodyReader(long maxBodySize, Predicate<HttpServletRequest> readAsParts) {
        this.maxBodySize = maxBodySize;
        this.readAsParts = readAsParts;
    }

    GuardedBody read(HttpServletRequest request, boolean raw)
            throws IOException, ServletException, BodyTooLargeException {
        if (request.getContentLengthLong() > maxBodySize) {
            throw new BodyTooLargeException(maxBodySize);
        }
        String mediaType = mediaType(request);
        if (readAsParts.test(request)) {
            return multipart(request, mediaType);
        }
        byte[] bytes = WholeInput.read(request.getInputStream(), request.getContentLengthLong(), maxBodySize);
        return FORM.equals(mediaType)
                ? form(request, bytes, raw)
                : new Bytes(new BufferedRequest(request, bytes), mediaType);
    }

    private static String mediaType(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.trim().toLowerCase(Locale.ROOT);
    }

    private GuardedBody form(HttpServletRequest request, byte[] bytes, boolean raw) throws BodyTooLargeException {
        if (bytes.length == 0) {
            // An earlier filter asked for a parameter, so that the container, or a filter in its place, read the body.
            // A filter that took the body of another method's form has left neither stream nor reader.
            HandlerRequest passedOn = "POST".equals(request.getMethod())
                    ? new BufferedRequest(request, bytes)
                    : new HandlerRequest(request);
            requireSize(request);
            return new Form(passedOn, FORM, request.getParameterMap());
        }
        Optional<Map<String, List<String>>> form =
                charset(request).flatMap(charset -> FormParameters.parse(bytes, charset));
        // Containers read parameters from the body of a POST only (Servlet 6.1, section 3.1.1).
        BufferedRequest passedOn = "POST".equals(request.getMethod())
                ? new FormRequest(request, bytes, form.orElse(null))
                : new BufferedRequest(request, bytes);
        if (raw || form.isEmpty()) {
            return new Bytes(passedOn, FORM);
        }
        try {
            Map<String, String[]> parameters = passedOn instanceof FormRequest posted
                    ? posted.queryAndBody()
                    : FormRequest.merge(request.getParameterMap(), form.get());
            return new Form(passedOn, FORM, parameters);
        } catch (IllegalStateException e) {
            // Tomcat 11 refuses a query that it cannot decode, but only to those who ask for parameters.
            return new Bytes(passedOn, FORM);
        }
    }

    /** The bytes are gone, but there were no fewer of them than characters that did not come from the query. */
    private void requireSize(HttpServletRequest request) throws BodyTooLargeException {
        String query = request.getQueryString();
        long characters = query == null ? 0 : -query.length();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            for (String value : parameter.getValue()) {
                // Spring's FormContentFilter gives null for a name without a value.
                characters += parameter.getKey().length() + (value == null ? 0 : value.length());
            }
        }
        if (characters > maxBodySize) {
            throw new BodyTooLargeException(maxBodySize);
        }
    }

    /** Empty if the client named an encoding that nobody knows. */
    private static Optional<Charset> charset(HttpServletRequest request) {
        String encoding = request.getCharacterEncoding();
        try {
            return Optional.of(encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private GuardedBody multipart(HttpServletRequest request, String mediaType)
            throws IOException, ServletException, BodyTooLargeException {
        HandlerRequest passedOn = new HandlerRequest(request);
        Collection<Part> parts;
        try {
            parts = request.getParts();
        } catch (RuntimeException e) {
            // Larger than the container's own limits, or malformed: the dispatcher asks again and resolves the
            // exception.
            return new Unreadable(new MalformedPartsRequest(request, e), mediaType);
        } catch (IOException e) {
            throw unwrapped(e);
        }
        if (parts.stream().mapToLong(Part::getSize).sum() > maxBodySize) {
            throw new BodyTooLargeException(maxBodySize);
        }
        return new Multipart(passedOn, mediaType, parts);
    }

    /** A connection's error is what containers answer with 400; around it their parsers put one that they answer with 500. */
    private static IOException unwrapped(IOException error) {
        return error.getCause() instanceof IOException cause ? cause : error;
    }
}
