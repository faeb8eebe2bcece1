package io.idempotency.campaign.node;

import io.idempotency.campaign.history.Subject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Outside of everything else: knows who asks, follows the request, and stands where its bytes leave. */
final class CourseFilter extends OncePerRequestFilter {

    private final Control control;

    private final @Nullable SeededBug bug;

    CourseFilter(Control control, @Nullable SeededBug bug) {
        this.control = control;
        this.bug = bug;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String principal = request.getHeader(Wire.PRINCIPAL);
        Course course = course(request, principal, response);
        Course.begin(course);
        try {
            chain.doFilter(
                    new Authenticated(request, bug == SeededBug.PRINCIPAL_LEFT_OUT ? null : principal),
                    new HeldAnswer(response, bug == SeededBug.DUPLICATE_HEADER_ON_REPLAY));
        } finally {
            Course.end();
            control.ask(
                    Wire.END,
                    course.request(),
                    course.subject().principal(),
                    course.subject().key());
        }
    }

    private Course course(HttpServletRequest request, @Nullable String principal, HttpServletResponse response) {
        String hold = request.getHeader(Wire.HOLD);
        return new Course(
                control,
                Objects.requireNonNullElse(request.getHeader(Wire.REQUEST), "0"),
                new Subject(
                        Objects.requireNonNullElse(principal, ""),
                        Objects.requireNonNullElse(request.getHeader(Wire.KEY), "")),
                number(request, Wire.GENERATION, 1),
                number(request, Wire.WORK, 0),
                hold == null ? null : Failpoint.valueOf(hold),
                response);
    }

    private static int number(HttpServletRequest request, String header, int unless) {
        String value = request.getHeader(header);
        return value == null ? unless : Integer.parseInt(value);
    }

    /** A request of somebody. */
    private static final class Authenticated extends HttpServletRequestWrapper {

        private final @Nullable String principal;

        Authenticated(HttpServletRequest request, @Nullable String principal) {
            super(request);
            this.principal = principal;
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            return principal == null ? null : () -> principal;
        }
    }
}
