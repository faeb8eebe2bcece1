package io.idempotency.autoconfigure;

import io.idempotency.IdempotencyTemplate;
import io.idempotency.ResultMapper;
import io.idempotency.core.HeldLeases;
import io.idempotency.core.IdempotencyExecutor;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Lease;
import io.idempotency.core.RecentCompletions;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.Waiting;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.TaskScheduler;

/** Keeps records and runs the rule, in an application of any kind. */
@AutoConfiguration(
        afterName = {
            AutoConfigurationNames.DATA_SOURCE_3,
            AutoConfigurationNames.DATA_SOURCE_4,
            AutoConfigurationNames.JACKSON_3,
            AutoConfigurationNames.JACKSON_4,
            AutoConfigurationNames.JACKSON_2_OF_4
        })
@ConditionalOnProperty(prefix = "idempotency", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(IdempotencyProperties.class)
@Import({
    JacksonConfiguration.Jackson3.class,
    JacksonConfiguration.Jackson2.class,
    AbandonedKeysConfiguration.class,
    IdempotencyStoreConfiguration.JdbcStore.class,
    IdempotencyStoreConfiguration.MemoryStore.class
})
class IdempotencyAutoConfiguration {

    @Bean
    IdempotencyExecutor idempotencyExecutor(
            DecoratedStore store,
            TransactionBoundary transactions,
            IdempotencyProperties properties,
            HeldLeases leases) {
        return new IdempotencyExecutor(
                store.store(),
                transactions,
                Waiting.atMost(properties.inProgress().waitFor()),
                recentCompletions(properties.recentCompletions()),
                leases);
    }

    @Bean
    HeldLeases idempotencyHeldLeases(DecoratedStore store, TransactionBoundary transactions) {
        return new HeldLeases(store.store(), transactions, System::nanoTime);
    }

    @Bean
    LeaseRenewer idempotencyLeaseRenewer(HeldLeases leases, IdempotencyProperties properties) {
        return new LeaseRenewer(leases, properties.lease().renewalInterval());
    }

    private static RecentCompletions recentCompletions(IdempotencyProperties.RecentCompletions settings) {
        return settings.enabled()
                ? new RecentCompletions(settings.maxSize().toBytes(), settings.maxAge(), System::nanoTime)
                : RecentCompletions.none();
    }

    /** Everything else needs the store: properties that cannot be used are told before anything that follows from them. */
    @Bean
    DecoratedStore idempotencyDecoratedStore(
            IdempotencyProperties properties, IdempotencyStore store, ObjectProvider<StoreDecorator> decorators) {
        PropertyRules.require(properties);
        return DecoratedStore.of(store, decorators.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    IdempotencyTemplate idempotencyTemplate(
            IdempotencyExecutor executor,
            IdempotencyProperties properties,
            ObjectProvider<ResultMapper> results,
            ObjectProvider<IdempotencyListener> listeners) {
        IdempotencyProperties.Lease lease = properties.lease();
        return new IdempotencyTemplate(
                executor,
                results.getIfAvailable(NoResultMapper::new),
                CompositeListener.of(listeners),
                properties.retention(),
                new Lease(lease.duration(), lease.maxLifetime(), properties.retention(), lease.onTakeover()),
                PropertyRules.shortest(lease));
    }

    @Bean
    @ConditionalOnProperty(prefix = "idempotency.purge", name = "enabled", matchIfMissing = true)
    RecordPurger idempotencyPurger(
            DecoratedStore store,
            TransactionBoundary transactions,
            ObjectProvider<IdempotencyListener> listeners,
            IdempotencyProperties properties,
            ObjectProvider<TaskScheduler> schedulers) {
        return new RecordPurger(
                store.store(),
                transactions,
                CompositeListener.of(listeners),
                properties.purge(),
                schedulers::getIfUnique);
    }

    @Bean
    static LazyInitializationExcludeFilter idempotencyStartsEagerly() {
        return LazyInitializationExcludeFilter.forBeanTypes(RecordPurger.class, LeaseRenewer.class);
    }
}
