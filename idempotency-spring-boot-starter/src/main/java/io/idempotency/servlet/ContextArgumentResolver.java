package io.idempotency.servlet;

import io.idempotency.IdempotencyContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a handler the context of its request. */
public final class ContextArgumentResolver implements HandlerMethodArgumentResolver {

    static final String CONTEXT = IdempotencyContext.class.getName();

    /** A resolver. */
    public ContextArgumentResolver() {}

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == IdempotencyContext.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Object context = request.getAttribute(CONTEXT, RequestAttributes.SCOPE_REQUEST);
        if (parameter.getParameterType() == Optional.class) {
            return Optional.ofNullable(context);
        }
        if (context == null && !parameter.isOptional()) {
            throw new IllegalStateException(
                    "There is no IdempotencyContext for parameter " + parameter.getParameterIndex()
                            + " of " + parameter.getExecutable()
                            + ": the handler is not @Idempotent, or its request came without a key. Where keys are not required, declare"
                            + " it as Optional<IdempotencyContext>.");
        }
        return context;
    }
}
