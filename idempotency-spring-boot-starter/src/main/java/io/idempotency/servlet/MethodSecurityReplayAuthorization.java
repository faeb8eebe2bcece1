package io.idempotency.servlet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.aop.MethodMatcher;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.web.method.HandlerMethod;

/**
 * Asks Spring Security's method security before a replay, as far as it needs no arguments: a replay has none, because the request is
 * not bound to the handler's parameters again. Thread-safe.
 *
 * <p>An expression that names an argument ({@code #account}) is not asked; neither is what looks at the result.
 */
public final class MethodSecurityReplayAuthorization implements ReplayAuthorization {

    /** The names that Spring Security's configuration gives to the advisors that look at arguments. */
    private static final String PRE_FILTER = "preFilterAuthorizationMethodInterceptor";

    private static final String PRE_AUTHORIZE = "preAuthorizeAuthorizationMethodInterceptor";

    private final Map<String, AuthorizationAdvisor> advisors;
    private final ConcurrentMap<HandlerId, List<AuthorizationAdvisor>> asked = new ConcurrentHashMap<>();

    /**
     * Asks these advisors.
     *
     * @param advisors the application's authorization advisors by the name of their bean
     */
    public MethodSecurityReplayAuthorization(Map<String, AuthorizationAdvisor> advisors) {
        this.advisors = new HashMap<>(advisors);
        this.advisors.remove(PRE_FILTER);
    }

    /**
     * Whether the handler's own expression cannot be asked on a replay.
     *
     * @param handler the handler
     * @return true if its {@code @PreAuthorize} names an argument
     */
    public static boolean needsArguments(HandlerMethod handler) {
        PreAuthorize rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
        if (rule == null) {
            rule = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
        }
        return rule != null && rule.value().contains("#");
    }

    @Override
    public void check(HandlerMethod handler) {
        for (AuthorizationAdvisor advisor : asked.computeIfAbsent(HandlerId.of(handler), id -> applicable(handler))) {
            ask(advisor, handler);
        }
    }

    private List<AuthorizationAdvisor> applicable(HandlerMethod handler) {
        Class<?> type = AopUtils.getTargetClass(handler.getBean());
        boolean skipExpression = needsArguments(handler);
        return advisors.entrySet().stream()
                .filter(advisor -> !(skipExpression && advisor.getKey().equals(PRE_AUTHORIZE)))
                .map(Map.Entry::getValue)
                .filter(advisor -> advisor.getPointcut().getClassFilter().matches(type))
                .filter(advisor -> {
                    MethodMatcher methods = advisor.getPointcut().getMethodMatcher();
                    return methods.matches(handler.getMethod(), type);
                })
                .toList();
    }

    private static void ask(AuthorizationAdvisor advisor, HandlerMethod handler) {
        try {
            advisor.invoke(new ReplayInvocation(handler));
        } catch (ReplayInvocation.Permitted permitted) {
            return;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("An authorization advisor throws no checked exception.", e);
        }
        // A handler of denials put another result in the place of the call's: the call would not have taken place.
        throw new AccessDeniedException("The replay of " + HandlerNames.of(handler) + " was denied.");
    }
}
