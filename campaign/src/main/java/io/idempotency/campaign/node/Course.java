package io.idempotency.campaign.node;

import io.idempotency.campaign.history.Subject;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** One request's way through the node: who asks, how far it is, and where it is to be held. Confined to the request's thread. */
final class Course {

    private static final ThreadLocal<@Nullable Course> CURRENT = new ThreadLocal<>();

    private final Control control;
    private final String request;
    private final Subject subject;
    private final int generation;
    private final int workMillis;
    private @Nullable Failpoint hold;
    private final @Nullable HttpServletResponse out;
    private String execution = "";
    private String body = "";
    private boolean claiming;
    private boolean completing;
    private @Nullable StoredResponse stored;

    Course(
            Control control,
            String request,
            Subject subject,
            int generation,
            int workMillis,
            @Nullable Failpoint hold,
            @Nullable HttpServletResponse out) {
        this.control = control;
        this.out = out;
        this.request = request;
        this.subject = subject;
        this.generation = generation;
        this.workMillis = workMillis;
        this.hold = hold;
    }

    static @Nullable Course current() {
        return CURRENT.get();
    }

    static void begin(Course course) {
        CURRENT.set(course);
    }

    static void end() {
        CURRENT.remove();
    }

    /** Stops here if this is where the current request is to be held. */
    static void reach(Failpoint point) {
        reach(point, () -> 0);
    }

    /** As {@link #reach(Failpoint)}, naming the server's process on the other side. */
    static void reach(Failpoint point, IntSupplier backend) {
        Course course = CURRENT.get();
        if (course != null && course.hold == point) {
            course.hold = null;
            course.control.ask(Wire.HELD, course.request, point, backend.getAsInt());
        }
    }

    static boolean isHeldAt(Failpoint point) {
        Course course = CURRENT.get();
        return course != null && course.hold == point;
    }

    /** The next commit is that of a leased claim. */
    static void claims() {
        Course course = CURRENT.get();
        if (course != null) {
            course.claiming = true;
        }
    }

    /** Whether the commit at hand is that of a leased claim; it is asked once. */
    static boolean isClaiming() {
        Course course = CURRENT.get();
        boolean claiming = course != null && course.claiming;
        if (claiming) {
            course.claiming = false;
        }
        return claiming;
    }

    /** From now on a commit is that of the answer. */
    static void completes() {
        Course course = CURRENT.get();
        if (course != null) {
            course.completing = true;
        }
    }

    static boolean isCompleting() {
        Course course = CURRENT.get();
        return course != null && course.completing;
    }

    /** What {@link #answerNow} would send. */
    static void remember(StoredResponse response) {
        Course course = CURRENT.get();
        if (course != null) {
            course.stored = response;
        }
    }

    /** Sends what is remembered, past everybody who waits with it. */
    static void answerNow(BiConsumer<HttpServletResponse, StoredResponse> sender) {
        Course course = CURRENT.get();
        if (course != null && course.completing && course.out != null && course.stored != null) {
            sender.accept(course.out, course.stored);
        }
    }

    void executes(String name, String asked) {
        execution = name;
        body = asked;
    }

    /** What the execution is asked for, or an empty text. */
    String body() {
        return body;
    }

    /** The execution that the request came to, or an empty text. */
    String execution() {
        return execution;
    }

    String request() {
        return request;
    }

    Subject subject() {
        return subject;
    }

    int generation() {
        return generation;
    }

    /** How long the handler is to work. */
    int workMillis() {
        return workMillis;
    }
}
