package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A posted form whose body was read: its parameters come from the query and then from the body.
 *
 * <p>As in a container (Servlet 6.1, section 3.1.1), whoever is first takes the body: once a parameter was asked for, the stream is
 * empty, and once the stream was taken, the parameters are those of the query.
 */
final class FormRequest extends BufferedRequest {

    private static final byte[] NOTHING = {};

    private final @Nullable Map<String, List<String>> form;
    private @Nullable Map<String, String[]> queryAndBody;
    private boolean bodyTakenByParameters;

    /**
     * A form.
     *
     * @param form the body's parameters, or null if it is no form that can be decoded
     */
    FormRequest(HttpServletRequest request, byte[] body, @Nullable Map<String, List<String>> form) {
        super(request, body);
        this.form = form;
    }

    static Map<String, String[]> merge(Map<String, String[]> query, Map<String, List<String>> form) {
        Map<String, List<String>> merged = new LinkedHashMap<>();
        query.forEach((name, values) -> merged.put(name, new ArrayList<>(Arrays.asList(values))));
        form.forEach((name, values) ->
                merged.computeIfAbsent(name, none -> new ArrayList<>()).addAll(values));
        Map<String, String[]> parameters = new LinkedHashMap<>();
        merged.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    byte[] remainingBody() {
        return bodyTakenByParameters ? NOTHING : super.remainingBody();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (isBodyTaken() && !bodyTakenByParameters) {
            return super.getParameterMap();
        }
        bodyTakenByParameters = true;
        return queryAndBody();
    }

    /** What the parameters are once somebody asks; put together once, and without taking the body. */
    Map<String, String[]> queryAndBody() {
        if (form == null) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The body is not a form that can be decoded: check its percent-encoding.");
        }
        if (queryAndBody == null) {
            queryAndBody = merge(super.getParameterMap(), form);
        }
        return queryAndBody;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
