package io.idempotency.it.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool whose connections lose an answer, or are not to be had, when a test says so. */
public final class FaultyDataSource extends DelegatingDataSource {

    /** What happens next, once. */
    public enum Fault {
        NONE,
        NO_CONNECTION,
        COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST,
        COMMIT_IS_LOST_WITH_THE_CONNECTION
    }

    private static final AtomicReference<Fault> NEXT = new AtomicReference<>(Fault.NONE);
    private static final AtomicReference<Fault> AFTERWARDS = new AtomicReference<>(Fault.NONE);

    FaultyDataSource(DataSource pool) {
        super(pool);
    }

    /** Arms a fault, and one that holds from then on. */
    public static void next(Fault fault, Fault afterwards) {
        NEXT.set(fault);
        AFTERWARDS.set(afterwards);
    }

    /** Ends all faults. */
    public static void heal() {
        next(Fault.NONE, Fault.NONE);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (NEXT.get() == Fault.NO_CONNECTION) {
            throw new SQLException("connection refused", "08001");
        }
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        breakCommit(connection);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void breakCommit(Connection connection) throws SQLException {
        Fault fault = NEXT.get();
        if (fault == Fault.COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST) {
            NEXT.set(AFTERWARDS.get());
            connection.commit();
            throw new SQLException("connection reset", "08006");
        }
        if (fault == Fault.COMMIT_IS_LOST_WITH_THE_CONNECTION) {
            NEXT.set(AFTERWARDS.get());
            connection.abort(Runnable::run);
            throw new SQLException("connection reset", "08006");
        }
    }

    /** Puts itself around the application's pool. */
    public static final class Installer implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof DataSource pool && !(bean instanceof FaultyDataSource)
                    ? new FaultyDataSource(pool)
                    : bean;
        }
    }
}
