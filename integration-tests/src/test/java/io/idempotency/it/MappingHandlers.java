package io.idempotency.it;

import io.idempotency.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** The ways to annotate a handler, and to map one. Every handler has an effect under the key that was sent. */
abstract class MappingHandlers {

    /** An annotation of one's own. */
    @Idempotent
    @RequestMapping(method = RequestMethod.POST)
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Payment {}

    interface PaymentApi {

        @Idempotent
        @PostMapping("/mapping/interface")
        String pay(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key);
    }

    private final Journal journal;

    MappingHandlers(Journal journal) {
        this.journal = journal;
    }

    String run(@Nullable String key) {
        journal.run(String.valueOf(key));
        return "run " + journal.runs(String.valueOf(key));
    }

    @WireController
    @Idempotent
    @RequestMapping("/mapping/class")
    static final class PerClass extends MappingHandlers {

        PerClass(Journal journal) {
            super(journal);
        }

        @PostMapping
        String post(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }

        @GetMapping
        String get(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }
    }

    @WireController
    static final class PerInterface extends MappingHandlers implements PaymentApi {

        PerInterface(Journal journal) {
            super(journal);
        }

        @Override
        public String pay(@Nullable String key) {
            return run(key);
        }
    }

    @WireController
    @RequestMapping("/mapping")
    static final class Various extends MappingHandlers {

        Various(Journal journal) {
            super(journal);
        }

        @Payment
        String viaMetaAnnotation(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }

        @Idempotent
        @RequestMapping("/any-method")
        String anyMethod(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }

        @Idempotent(required = false)
        @PostMapping("/optional")
        String optional(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }

        @Idempotent
        @PostMapping("/of/{id}/parts")
        String template(@RequestHeader(name = RunningApp.KEY, required = false) @Nullable String key) {
            return run(key);
        }

        @Idempotent
        @PostMapping("/forwards")
        void forwards(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
            request.getRequestDispatcher("/mapping/class").forward(request, response);
        }
    }
}
