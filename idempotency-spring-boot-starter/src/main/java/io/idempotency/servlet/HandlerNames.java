package io.idempotency.servlet;

import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Names a handler as its author would. */
final class HandlerNames {

    private HandlerNames() {}

    static String of(HandlerMethod handler) {
        Class<?> type = ClassUtils.getUserClass(handler.getBeanType());
        return type.getName() + "#" + handler.getMethod().getName();
    }
}
