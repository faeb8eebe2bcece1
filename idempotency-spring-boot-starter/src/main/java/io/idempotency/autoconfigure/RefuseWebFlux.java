package io.idempotency.autoconfigure;

import io.idempotency.Idempotent;
import io.idempotency.core.IdempotencyConfigurationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/** Fails the start of a WebFlux application whose controllers are annotated: nothing would guard them. */
final class RefuseWebFlux implements SmartInitializingSingleton {

    private final ListableBeanFactory beans;

    RefuseWebFlux(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForAnnotation(Controller.class)) {
            Class<?> type = beans.getType(name);
            if (type != null && isAnnotated(ClassUtils.getUserClass(type))) {
                throw new IdempotencyConfigurationException(
                        ClassUtils.getUserClass(type).getName()
                                + " is annotated with @Idempotent in a WebFlux application, where nothing would guard it.",
                        "Serve it with Spring MVC (spring.main.web-application-type=servlet, with spring-boot-starter-web), or take"
                                + " the annotation away. IdempotencyTemplate works here too, on threads that may block.");
            }
        }
    }

    private static boolean isAnnotated(Class<?> controller) {
        MethodFilter annotated = method -> AnnotatedElementUtils.hasAnnotation(method, Idempotent.class);
        return AnnotatedElementUtils.hasAnnotation(controller, Idempotent.class)
                || !MethodIntrospector.selectMethods(controller, annotated).isEmpty();
    }
}
