package io.idempotency.servlet;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.web.method.HandlerMethod;

/** A call of a handler that never reaches it: that it would have been permitted is told by an exception. */
final class ReplayInvocation implements MethodInvocation {

    private final HandlerMethod handler;
    private final Object target;

    ReplayInvocation(HandlerMethod handler) {
        this.handler = handler;
        Object behindProxy = AopProxyUtils.getSingletonTarget(handler.getBean());
        this.target = behindProxy == null ? handler.getBean() : behindProxy;
    }

    @Override
    public Method getMethod() {
        return handler.getMethod();
    }

    @Override
    public Object[] getArguments() {
        return new Object[handler.getMethod().getParameterCount()];
    }

    @Override
    public Object proceed() throws Permitted {
        throw new Permitted();
    }

    @Override
    public Object getThis() {
        return target;
    }

    @Override
    public AccessibleObject getStaticPart() {
        return handler.getMethod();
    }

    /** Every check that comes before the call was passed. */
    static final class Permitted extends Exception {

        private static final long serialVersionUID = 1L;

        Permitted() {
            super(null, null, false, false);
        }
    }
}
