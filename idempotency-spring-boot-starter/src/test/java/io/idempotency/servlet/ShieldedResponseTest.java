package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShieldedResponseTest {

    private static final Set<String> COMMITTING =
            Set.of("flushBuffer", "getOutputStream", "getWriter", "sendError", "sendRedirect");

    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            int.class,
            7,
            long.class,
            7L,
            boolean.class,
            true,
            String.class,
            "text",
            Locale.class,
            Locale.GERMAN,
            Collection.class,
            List.of("text"),
            Charset.class,
            StandardCharsets.UTF_8);

    private final List<String> passedOn = new ArrayList<>();
    private final ShieldedResponse shielded = new ShieldedResponse((HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                passedOn.add(call(method, arguments));
                return SAMPLES.get(method.getReturnType());
            }));

    private static String call(Method method, Object @Nullable [] arguments) {
        return method.getName() + Arrays.toString(arguments == null ? new Object[0] : arguments);
    }

    static List<Method> harmless() {
        return methods(false);
    }

    static List<Method> committing() {
        return methods(true);
    }

    private static List<Method> methods(boolean committing) {
        return Arrays.stream(HttpServletResponse.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> COMMITTING.contains(method.getName()) == committing)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatLetsNoByteOutIsPassedOnAsItIs(Method method) throws ReflectiveOperationException {
        Object[] arguments = arguments(method);

        Object answer = method.invoke(shielded, arguments);

        assertThat(answer).isEqualTo(SAMPLES.get(method.getReturnType()));
        assertThat(passedOn).hasSize(1).first().asString().startsWith(method.getName());
        if (!method.isDefault()) {
            assertThat(passedOn).containsExactly(call(method, arguments));
        }
    }

    @ParameterizedTest
    @MethodSource("committing")
    void whatWouldLetAByteOutIsRefused(Method method) {
        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> method.invoke(shielded, arguments(method)))
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(passedOn).isEmpty();
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).toArray();
    }

    @Test
    void noWrapperLeadsToTheContainersResponse() {
        HeldResponse held = new HeldResponse(shielded);

        assertThat(held.getResponse())
                .isNotInstanceOf(ServletResponseWrapper.class)
                .isNotSameAs(shielded);
        assertThatThrownBy(() -> held.getResponse().getOutputStream())
                .hasMessageContaining("held back until its transaction has committed");
    }
}
