package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.autoconfigure.IdempotencyProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** In a WebFlux application nothing guards a controller, so that an annotation there is an error. */
@Timeout(60)
class WebFluxTest {

    private static final ReactiveWebApplicationContextRunner APPLICATION = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClassUtils.resolveClassName(
                    "io.idempotency.autoconfigure.IdempotencyWebFluxAutoConfiguration",
                    IdempotencyProperties.class.getClassLoader())));

    @ParameterizedTest
    @ValueSource(classes = {OnMethod.class, OnClass.class, OnInterface.class})
    void annotatedControllerFailsTheStart(Class<?> controller) {
        for (ReactiveWebApplicationContextRunner application : List.of(APPLICATION, lazily(APPLICATION))) {
            application.withUserConfiguration(controller).run(app -> {
                assertThat(app).hasFailed();
                FailureAnalysis told = LightApp.diagnose(app.getStartupFailure());
                assertThat(told.getDescription())
                        .contains(controller.getName(), "WebFlux application", "nothing would guard it");
                assertThat(told.getAction()).contains("Spring MVC", "IdempotencyTemplate");
            });
        }
    }

    private static ReactiveWebApplicationContextRunner lazily(ReactiveWebApplicationContextRunner application) {
        return application.withInitializer(
                context -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
    }

    @Test
    void othersAreNoneOfItsBusiness() {
        APPLICATION
                .withUserConfiguration(Plain.class)
                .run(app -> assertThat(app).hasNotFailed());
    }

    @Test
    void switchedOffLibraryRefusesNothing() {
        APPLICATION
                .withUserConfiguration(OnMethod.class)
                .withPropertyValues("idempotency.enabled=false")
                .run(app -> assertThat(app).hasNotFailed());
    }

    interface Payments {

        @Idempotent
        @PostMapping("/payments")
        String pay();
    }

    @RestController
    static class OnInterface implements Payments {

        @Override
        public String pay() {
            return "";
        }
    }

    @RestController
    static class OnMethod {

        @Idempotent
        @PostMapping("/payments")
        String pay() {
            return "";
        }
    }

    @Idempotent
    @RestController
    static class OnClass {

        @PostMapping("/payments")
        String pay() {
            return "";
        }
    }

    @RestController
    static class Plain {

        @PostMapping("/payments")
        String pay() {
            return "";
        }
    }
}
