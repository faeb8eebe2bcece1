package io.idempotency.campaign.node;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pool, before which a request can be held. */
final class HeldPool extends DelegatingDataSource {

    HeldPool(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Course.reach(Failpoint.POOL_ACQUIRE);
        return super.getConnection();
    }
}
