package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyStore;
import java.util.List;

/**
 * The store that rule and purge share, with everything around it; a bean of a type of its own beside the application's store.
 *
 * @param store the outermost one
 */
record DecoratedStore(IdempotencyStore store) {

    static DecoratedStore of(IdempotencyStore store, List<StoreDecorator> decorators) {
        IdempotencyStore outermost = store;
        for (StoreDecorator decorator : decorators) {
            outermost = decorator.apply(outermost);
        }
        return new DecoratedStore(outermost);
    }
}
