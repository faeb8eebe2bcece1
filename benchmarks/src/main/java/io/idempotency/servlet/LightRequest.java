package io.idempotency.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that costs next to nothing by itself: what is asked of it by the decision is answered from fields. */
final class LightRequest extends HttpServletRequestWrapper {

    private final Map<String, Object> attributes = new HashMap<>();
    private final Mapping mapping = new Mapping();
    private final String method;
    private final String path;

    LightRequest(String method, String path) {
        super(unsupported());
        this.method = method;
        this.path = path;
    }

    /** Reads a method and a path. */
    static LightRequest of(String line) {
        int space = line.indexOf(' ');
        return new LightRequest(line.substring(0, space), line.substring(space + 1));
    }

    /** Whatever is not answered here must not be asked in a measurement. */
    private static HttpServletRequest unsupported() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> {
                    throw new UnsupportedOperationException(called.toString());
                });
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return mapping;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public @Nullable ServletContext getServletContext() {
        return null;
    }

    /** The dispatcher servlet, mapped to everything that no other servlet takes. */
    private static final class Mapping implements HttpServletMapping {

        @Override
        public String getMatchValue() {
            return "";
        }

        @Override
        public String getPattern() {
            return "/";
        }

        @Override
        public String getServletName() {
            return "dispatcherServlet";
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.DEFAULT;
        }
    }
}
