package io.idempotency.campaign.fuzz;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service on a real Tomcat with a database of its own. */
final class FuzzedServer implements AutoCloseable {

    private static final int POLLS = 400;
    private static final long POLL_NANOS = 50_000_000;

    private final ServletWebServerApplicationContext context;
    private final JdbcTemplate jdbc;

    private FuzzedServer(ServletWebServerApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcTemplate.class);
    }

    /**
     * Starts the service.
     *
     * @param guarded whether the library is on; without it the same handlers run as if they were not annotated
     */
    static FuzzedServer start(String databaseUrl, boolean guarded) {
        FuzzedServer server = new FuzzedServer(
                (ServletWebServerApplicationContext) new SpringApplicationBuilder(FuzzedApplication.class)
                        .web(WebApplicationType.SERVLET)
                        .run(
                                "--idempotency.enabled=" + guarded,
                                "--idempotency.purge.enabled=false",
                                // What is remembered for a moment is to be full long before half of the run is over.
                                "--idempotency.recent-completions.max-size=1MB",
                                "--spring.datasource.url=" + databaseUrl,
                                "--spring.flyway.enabled=false",
                                "--spring.main.banner-mode=off",
                                "--spring.main.register-shutdown-hook=false",
                                "--spring.jmx.enabled=false",
                                "--server.port=0",
                                "--server.address=localhost",
                                "--server.tomcat.threads.max=24",
                                "--server.tomcat.connection-timeout=1s",
                                "--server.tomcat.keep-alive-timeout=1s",
                                "--logging.level.root=" + System.getProperty("fuzz.log", "off")));
        server.jdbc.execute("CREATE TABLE effect (key text NOT NULL)");
        return server;
    }

    int port() {
        return tomcat().getPort();
    }

    HandlerRuns executions() {
        return context.getBean(HandlerRuns.class);
    }

    long records() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM idempotency_record", Long.class);
        return count == null ? 0 : count;
    }

    /** What is still going on a bounded while after the last client went away. */
    List<String> unsettled() {
        List<String> busy = busy();
        for (int left = POLLS; left > 0 && !busy.isEmpty(); left--) {
            LockSupport.parkNanos(POLL_NANOS);
            busy = busy();
        }
        return busy;
    }

    private List<String> busy() {
        List<String> busy = new ArrayList<>();
        int threads = tomcat().getTomcat().getConnector().getProtocolHandler().getExecutor()
                        instanceof ThreadPoolExecutor pool
                ? pool.getActiveCount()
                : -1;
        if (threads != 0) {
            busy.add(threads + " threads of the server are not idle");
        }
        int connections =
                context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
        if (connections != 0) {
            busy.add(connections + " connections of the pool are in use");
        }
        busy.addAll(jdbc.queryForList(
                "SELECT 'a transaction is open: ' || query FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'",
                String.class));
        return busy;
    }

    private TomcatWebServer tomcat() {
        return (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
    }

    @Override
    public void close() {
        context.close();
    }
}
