package io.idempotency.campaign.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Spring's transaction manager, where the commit of an answer can be held. */
class HeldTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    HeldTransactions(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (Course.isClaiming()) {
            Course.reach(Failpoint.CLAIM_SENT, () -> backend(status));
        } else if (Course.isCompleting()) {
            Course.reach(Failpoint.BEFORE_COMMIT);
            Course.reach(Failpoint.COMMIT_SENT, () -> backend(status));
        }
        super.doCommit(status);
    }

    private static int backend(DefaultTransactionStatus status) {
        ConnectionHolder holder = ((JdbcTransactionObjectSupport) status.getTransaction()).getConnectionHolder();
        try (Statement statement = holder.getConnection().createStatement();
                ResultSet backend = statement.executeQuery("SELECT pg_backend_pid()")) {
            backend.next();
            return backend.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The connection does not tell its server's process.", e);
        }
    }
}
