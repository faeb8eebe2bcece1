package io.idempotency.autoconfigure;

import io.idempotency.KeyScopeResolver;
import io.idempotency.ResultMapper;
import io.idempotency.autoconfigure.IdempotencyProperties.Anonymous;
import io.idempotency.autoconfigure.IdempotencyStoreConfiguration.ConnectionDefaults;
import io.idempotency.core.IdempotencyExecutor;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.OutcomePolicy;
import io.idempotency.core.TransactionSettings.Isolation;
import io.idempotency.servlet.ContextArgumentResolver;
import io.idempotency.servlet.EndpointDefaults;
import io.idempotency.servlet.EndpointFactory;
import io.idempotency.servlet.FlushBeforeAnswer;
import io.idempotency.servlet.Guard;
import io.idempotency.servlet.IdempotencyFilter;
import io.idempotency.servlet.LeaseDefaults;
import io.idempotency.servlet.RefuseUnguarded;
import io.idempotency.servlet.ReleaseStatuses;
import io.idempotency.servlet.ReplayAuthorization;
import io.idempotency.servlet.ServletSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Guards the annotated controllers of a servlet application. */
@AutoConfiguration(
        after = IdempotencyAutoConfiguration.class,
        afterName = {AutoConfigurationNames.SECURITY_3, AutoConfigurationNames.SECURITY_4})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnProperty(prefix = "idempotency", name = "enabled", matchIfMissing = true)
@Import(MethodSecurityConfiguration.class)
class IdempotencyWebAutoConfiguration {

    private static final String SECURITY_FILTER = "springSecurityFilterChain";

    @Bean
    EndpointRegistry idempotentEndpoints(
            ListableBeanFactory beans,
            Environment environment,
            IdempotencyProperties properties,
            ObjectProvider<OutcomePolicy> outcomes,
            ObjectProvider<ConnectionDefaults> connections) {
        OutcomePolicy policy = outcomes.getIfUnique(() ->
                ReleaseStatuses.of(properties.response().releaseStatuses(), "idempotency.response.release-statuses"));
        ConnectionDefaults connection =
                connections.getIfAvailable(() -> new ConnectionDefaults(Isolation.READ_COMMITTED));
        IdempotencyProperties.Lease lease = properties.lease();
        EndpointDefaults defaults = new EndpointDefaults(
                properties.retention(),
                policy,
                connection.isolation(),
                new LeaseDefaults(
                        lease.duration(), PropertyRules.shortest(lease), lease.maxLifetime(), lease.onTakeover()));
        return new EndpointRegistry(
                beans,
                new EndpointFactory(
                        defaults, text -> DurationStyle.detectAndParse(environment.resolveRequiredPlaceholders(text))));
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            EndpointRegistry endpoints,
            IdempotencyExecutor executor,
            IdempotencyProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<ResultMapper> results,
            ObjectProvider<KeyScopeResolver> resolvers,
            ObjectProvider<ReplayAuthorization> authorization,
            ObjectProvider<IdempotencyListener> listeners) {
        FilterOrder.requireBehindSecurity(beans, properties.filter().order());
        Guard guard = new Guard(
                settings(properties, beans),
                executor,
                results.getIfAvailable(NoResultMapper::new),
                resolvers.orderedStream().toList(),
                authorization.getIfAvailable(() -> ReplayAuthorization.NONE),
                CompositeListener.of(listeners));
        FilterRegistrationBean<IdempotencyFilter> filter =
                new FilterRegistrationBean<>(new IdempotencyFilter(endpoints, guard));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        filter.setOrder(properties.filter().order());
        return filter;
    }

    private static ServletSettings settings(IdempotencyProperties properties, ListableBeanFactory beans) {
        Anonymous anonymous = properties.scope().anonymous();
        boolean secured = beans.containsBean(SECURITY_FILTER);
        return new ServletSettings(
                properties.key().header(),
                properties.key().strict(),
                properties.replayHeader(),
                properties.documentationUri() == null
                        ? null
                        : properties.documentationUri().toString(),
                anonymous == null ? !secured : anonymous == Anonymous.ALLOW,
                properties.request().maxBodySize().toBytes(),
                properties.response().maxBodySize().toBytes(),
                properties.response().replayHeaders(),
                properties.inProgress().retryAfter(),
                readAsParts(beans));
    }

    /** As the dispatcher will: without parts to be had from the container, or with another resolver, a body is left alone. */
    private static Predicate<HttpServletRequest> readAsParts(ListableBeanFactory beans) {
        boolean container = beans.getBeanProvider(MultipartConfigElement.class).getIfAvailable() != null;
        MultipartResolver resolver =
                beans.getBeanProvider(MultipartResolver.class).getIfAvailable();
        return container && resolver instanceof StandardServletMultipartResolver
                ? resolver::isMultipart
                : request -> false;
    }

    /** The guard's own check comes before all others; the flush is innermost, the first to look at what a handler leaves behind. */
    @Bean
    WebMvcConfigurer idempotencyInterceptors(ObjectProvider<EndpointRegistry> endpoints) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ContextArgumentResolver());
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(
                                new RefuseUnguarded(() -> endpoints.getObject().get()))
                        .order(Ordered.HIGHEST_PRECEDENCE);
                registry.addInterceptor(new FlushBeforeAnswer()).order(Ordered.LOWEST_PRECEDENCE);
            }
        };
    }

    @Bean
    static LazyInitializationExcludeFilter idempotentEndpointsStartEagerly() {
        return LazyInitializationExcludeFilter.forBeanTypes(EndpointRegistry.class);
    }
}
