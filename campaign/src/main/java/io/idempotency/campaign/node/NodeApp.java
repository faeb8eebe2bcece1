package io.idempotency.campaign.node;

import io.idempotency.campaign.history.Subject;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.TransactionBoundary;
import java.io.IOException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A node: the application with the library's starter, and the campaign's own wiring around it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    NodeApp.Errors.class,
    TransactionalEndpoints.class,
    ExecutingEndpoints.class,
    RefusingEndpoints.class,
    ShortEndpoint.class
})
public class NodeApp {

    private static final int PURGE_BATCH = 10_000;

    /** The property that names the port of the campaign. */
    public static final String CONTROL_PORT = "campaign.control-port";

    /** The property that names the node. */
    public static final String NAME = "campaign.name";

    /** The property that names the {@link SeededBug}, if there is one. */
    public static final String BUG = "campaign.bug";

    /** Runs until the campaign or a signal ends it. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = SpringApplication.run(NodeApp.class, arguments);
        Control control = context.getBean(Control.class);
        Purging purging = new Purging(
                control, context.getBean(IdempotencyStore.class), context.getBean(TransactionBoundary.class));
        control.listen(purging::obey);
        control.ask(Wire.SERVING, context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Bean
    static Control control(Environment environment) throws IOException {
        return Control.connect(
                environment.getRequiredProperty(CONTROL_PORT, Integer.class), environment.getRequiredProperty(NAME));
    }

    @Bean
    static BeanPostProcessor heldParts(
            Environment environment,
            ObjectProvider<JdbcTemplate> jdbc,
            ObjectProvider<PlatformTransactionManager> transactions) {
        SeededBug bug = bug(environment);
        boolean first = environment.getRequiredProperty(NAME).startsWith("node-1");
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof IdempotencyStore store) {
                    return bug == null
                            ? new HeldStore(store, jdbc::getObject)
                            : new BuggyStore(
                                    store,
                                    bug,
                                    first,
                                    jdbc::getObject,
                                    () -> new TransactionTemplate(transactions.getObject()));
                }
                return bean instanceof DataSource pool ? new HeldPool(pool) : bean;
            }
        };
    }

    private static @Nullable SeededBug bug(Environment environment) {
        return environment.getProperty(BUG, SeededBug.class);
    }

    @Bean
    HeldTransactions transactionManager(DataSource dataSource, Environment environment) {
        SeededBug bug = bug(environment);
        return bug == null ? new HeldTransactions(dataSource) : new BuggyTransactions(dataSource, bug);
    }

    @Bean
    FilterRegistrationBean<CourseFilter> courseFilter(Control control, Environment environment) {
        FilterRegistrationBean<CourseFilter> filter =
                new FilterRegistrationBean<>(new CourseFilter(control, bug(environment)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    @ConditionalOnProperty(name = BUG, havingValue = "REGISTRY_FORGETS_ON_ERROR")
    FilterRegistrationBean<BuggyRegistry> registry() {
        FilterRegistrationBean<BuggyRegistry> filter = new FilterRegistrationBean<>(new BuggyRegistry());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    @Bean
    Ledger ledger(JdbcTemplate jdbc, PlatformTransactionManager transactions, Environment environment) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new Ledger(
                jdbc,
                bug(environment) == SeededBug.EFFECT_IN_ITS_OWN_TRANSACTION
                        ? effect -> own.executeWithoutResult(status -> effect.run())
                        : Runnable::run);
    }

    @Bean
    Payments payments(Ledger ledger, JdbcTemplate jdbc, Control control) {
        return new Payments(ledger, jdbc, control);
    }

    /** Answers for the business where it throws. */
    @RestControllerAdvice
    static final class Errors {

        @ExceptionHandler
        ResponseEntity<Receipt> declined(DeclinedException exception) {
            return ResponseEntity.status(402).body(exception.receipt());
        }

        /** The business did not get through to the database. */
        @ExceptionHandler
        ResponseEntity<Receipt> failed(DataAccessException exception) {
            Course course = Objects.requireNonNull(Course.current());
            return ResponseEntity.internalServerError()
                    .body(new Receipt(course.execution(), course.subject().principal(), course.body(), false, true));
        }
    }

    /** Purges when the campaign says so, besides the library's own purge. */
    private record Purging(Control control, IdempotencyStore store, TransactionBoundary transactions) {

        void obey(String command) {
            String[] words = Wire.words(command);
            if (!words[0].equals(Wire.PURGE)) {
                throw new IllegalArgumentException("The node does not know the command " + command + ".");
            }
            Thread thread = new Thread(() -> purge(words[1]), "campaign-purge");
            thread.setDaemon(true);
            thread.start();
        }

        private void purge(String request) {
            Course.begin(new Course(control, request, new Subject("", ""), 1, 0, Failpoint.PURGE, null));
            String result;
            try {
                result = String.valueOf(transactions.inShortTransaction(() -> store.purge(PURGE_BATCH)));
            } catch (RuntimeException e) {
                result = e.getClass().getSimpleName();
            }
            control.ask(Wire.PURGED, request, result);
        }
    }
}
