package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as far as handler mappings ask about it. */
final class RequestDouble {

    private final Map<String, Object> attributes = new HashMap<>();
    private final String method;
    private final String path;
    private final String servletPath;
    private final Map<String, String> headers;

    private RequestDouble(String method, String path, String servletPath, Map<String, String> headers) {
        this.method = method;
        this.path = path;
        this.servletPath = servletPath;
        this.headers = headers;
    }

    /** A request for a servlet at the root of the context {@code /shop}. */
    static HttpServletRequest of(String method, String path, Map<String, String> headers) {
        return of(method, "/shop" + path, "", headers);
    }

    /** A request for a servlet that is mapped to a prefix within the context {@code /shop}. */
    static HttpServletRequest of(String method, String uri, String servletPath, Map<String, String> headers) {
        RequestDouble request = new RequestDouble(method, uri, servletPath, headers);
        return proxy(HttpServletRequest.class, request::answer);
    }

    private @Nullable Object answer(String asked, Object[] arguments) {
        return switch (asked) {
            case "getMethod" -> method;
            case "getRequestURI" -> path;
            case "getContextPath" -> "/shop";
            case "getServletPath" -> servletPath;
            case "getHttpServletMapping" -> proxy(HttpServletMapping.class, this::mapping);
            case "getHeader" -> headers.get(arguments[0]);
            case "getHeaders" ->
                Collections.enumeration(
                        headers.containsKey(arguments[0]) ? List.of(headers.get(arguments[0])) : List.of());
            case "getContentType" -> headers.get("Content-Type");
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "removeAttribute" -> attributes.remove(arguments[0]);
            case "getParameterMap" -> Map.of();
            case "getParameter", "getQueryString", "getParameterValues", "getServletContext", "getDispatcherType" ->
                null;
            default -> throw new UnsupportedOperationException(asked);
        };
    }

    private Object mapping(String asked, Object[] arguments) {
        if (asked.equals("getMappingMatch")) {
            return servletPath.isEmpty() ? MappingMatch.DEFAULT : MappingMatch.PATH;
        }
        throw new UnsupportedOperationException(asked);
    }

    private interface Answers {

        @Nullable
        Object to(String asked, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> answer(answers, called, arguments)));
    }

    private static @Nullable Object answer(Answers answers, Method called, Object @Nullable [] arguments) {
        return answers.to(called.getName(), arguments == null ? new Object[0] : arguments);
    }
}
