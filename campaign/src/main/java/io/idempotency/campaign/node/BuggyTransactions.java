package io.idempotency.campaign.node;

import io.idempotency.core.ResponseContent;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Spring's transaction manager with one of the mistakes that are made around a commit. */
final class BuggyTransactions extends HeldTransactions {

    private static final long serialVersionUID = 1L;

    private final SeededBug bug;

    BuggyTransactions(DataSource dataSource, SeededBug bug) {
        super(dataSource);
        this.bug = bug;
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (bug == SeededBug.ANSWER_BEFORE_COMMIT) {
            Course.answerNow(BuggyTransactions::send);
        }
        try {
            super.doCommit(status);
        } catch (RuntimeException e) {
            if (bug != SeededBug.COMMIT_ERROR_SWALLOWED) {
                throw e;
            }
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        // The library looks at its start whether a rollback is one, and refuses a manager whose is not.
        if (bug == SeededBug.ROLLBACK_COMMITS && Course.current() != null) {
            super.doCommit(status);
        } else {
            super.doRollback(status);
        }
    }

    private static void send(HttpServletResponse out, StoredResponse response) {
        byte[] body = response.content() instanceof ResponseContent.Body content ? content.bytes() : new byte[0];
        out.setStatus(response.status());
        response.headers().forEach(header -> out.setHeader(header.name(), header.value()));
        out.setContentLength(body.length);
        try {
            out.getOutputStream().write(body);
            out.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes next on this thread commits by itself. */
    static void bindOtherConnection(DataSource dataSource) {
        try {
            ConnectionHolder other = new ConnectionHolder(dataSource.getConnection());
            TransactionSynchronizationManager.unbindResource(dataSource);
            TransactionSynchronizationManager.bindResource(dataSource, other);
        } catch (SQLException e) {
            throw new IllegalStateException("There is no other connection.", e);
        }
    }
}
