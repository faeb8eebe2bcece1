package io.idempotency.servlet;

import java.lang.reflect.Method;
import org.springframework.web.method.HandlerMethod;

/**
 * Which handler it is, whatever instance of the controller answers.
 *
 * @param type the controller's class
 * @param method the handler's method
 */
record HandlerId(Class<?> type, Method method) {

    static HandlerId of(HandlerMethod handler) {
        return new HandlerId(handler.getBeanType(), handler.getMethod());
    }
}
