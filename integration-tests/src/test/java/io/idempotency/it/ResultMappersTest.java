package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyTemplate;
import io.idempotency.ResultMapper;
import io.idempotency.autoconfigure.IdempotencyProperties;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Results go through the application's own mapper, whichever Jackson that is. */
@Timeout(120)
class ResultMappersTest {

    private static final String OPERATION = "orders.created";

    record Order(String orderId, LocalDate placedOn, Optional<String> note) {}

    @Test
    void mapperOfTheApplicationIsUsedAsItIsConfigured() {
        try (ServiceApp app =
                ServiceApp.start(App.class, "spring.jackson.property-naming-strategy=SNAKE_CASE", LightApp.MEMORY)) {
            ResultMapper mapper = app.bean(ResultMapper.class);
            Order order = new Order("o-1", LocalDate.of(2026, 3, 1), Optional.empty());
            String json = new String(mapper.write(order), StandardCharsets.UTF_8);

            assertThat(mapper.getClass().getSimpleName())
                    .isEqualTo(SpringBootVersion.getVersion().startsWith("3.") ? "Jackson2Results" : "Jackson3Results");
            assertThat(json)
                    .contains("\"order_id\":\"o-1\"")
                    .contains("\"placed_on\":\"2026-03-01\"")
                    .contains("\"note\":null");
            assertThat(mapper.read(json.getBytes(StandardCharsets.UTF_8), Order.class))
                    .isEqualTo(order);
        }
    }

    @Test
    void mapperOfResultsThatTheApplicationDeclaresWins() {
        try (ServiceApp app = ServiceApp.start(WithOwnMapper.class, LightApp.MEMORY)) {
            assertThat(app.bean(ResultMapper.class)).isInstanceOf(Texts.class);
            assertThat(app.template().execute(OPERATION, "one", String.class, () -> "as text"))
                    .isEqualTo("as text");
        }
    }

    @Test
    void withoutMapperOnlyResultsFailAndSayWhatToDo() {
        runner().run(app -> {
            assertThat(app).hasNotFailed().doesNotHaveBean(ResultMapper.class);
            IdempotencyTemplate template = app.getBean(IdempotencyTemplate.class);

            assertThatIllegalStateException()
                    .isThrownBy(() -> template.execute(OPERATION, "result", String.class, () -> "done"))
                    .withMessageContaining("JsonMapper")
                    .withMessageContaining("ObjectMapper")
                    .withMessageContaining("ResultMapper bean of your own");
            assertThatIllegalStateException()
                    .isThrownBy(() -> template.executeWithoutResult(
                            OPERATION,
                            "step",
                            () -> IdempotencyContext.current().step("a", String.class, () -> "done")))
                    .withMessageContaining("ResultMapper bean of your own");
            template.executeWithoutResult(
                    OPERATION, "none", () -> IdempotencyContext.current().step("b", () -> {}));
        });
    }

    @Test
    void severalMappersOfWhichNoneIsPrimaryAreNoneAndDoNotFailTheStart() {
        Class<?> mapper = mapperOfThisLine();
        runner().withBean("one", mapper).withBean("other", mapper).run(app -> {
            assertThat(app).hasNotFailed().doesNotHaveBean(ResultMapper.class);
            assertThatIllegalStateException()
                    .isThrownBy(() -> app.getBean(IdempotencyTemplate.class)
                            .execute(OPERATION, "result", String.class, () -> "done"))
                    .withMessageContaining("several and none is primary");
        });
    }

    @Test
    void mapperThatTheApplicationDeclaresItselfIsUsed() {
        runner().withBean("mine", mapperOfThisLine())
                .run(app -> assertThat(app.getBean(IdempotencyTemplate.class)
                                .execute(OPERATION, "result", String.class, () -> "done"))
                        .isEqualTo("done"));
    }

    private static Class<?> mapperOfThisLine() {
        ClassLoader loader = ResultMappersTest.class.getClassLoader();
        return ClassUtils.resolveClassName(
                ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", loader)
                        ? "tools.jackson.databind.json.JsonMapper"
                        : "com.fasterxml.jackson.databind.ObjectMapper",
                loader);
    }

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClassUtils.resolveClassName(
                        "io.idempotency.autoconfigure.IdempotencyAutoConfiguration",
                        IdempotencyProperties.class.getClassLoader())))
                .withPropertyValues(LightApp.MEMORY);
    }

    @EnableAutoConfiguration
    static class App {}

    @EnableAutoConfiguration
    static class WithOwnMapper {

        @Bean
        ResultMapper texts() {
            return new Texts();
        }
    }

    static final class Texts implements ResultMapper {

        @Override
        public byte[] write(@Nullable Object result) {
            return String.valueOf(result).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object read(byte[] json, Type type) {
            return new String(json, StandardCharsets.UTF_8);
        }
    }
}
