package io.idempotency.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application on a Tomcat, a pool and a database of its own. */
record Subject(Variant variant, Database database, int port, ConfigurableApplicationContext context)
        implements AutoCloseable {

    static {
        // Each look at whether an idle connection still works would be counted as a transaction.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "86400000");
    }

    static final int POOL = 16;
    static final int SERVER_THREADS = 32;

    /** Starts an application; properties are given as {@code name=value} and win over the variant's. */
    static Subject start(Variant variant, Database database, String... properties) {
        // A port that is known beforehand is part of the names of the threads.
        int port = freePort();
        String[] arguments =
                arguments(Stream.of(common(database.url(), port), variant.properties(), List.of(properties))
                        .flatMap(List::stream));
        return new Subject(variant, database, port, new SpringApplicationBuilder(variant.application()).run(arguments));
    }

    /** Of two arguments with one name, Spring would make a list. */
    private static String[] arguments(Stream<String> properties) {
        Map<String, String> last = new LinkedHashMap<>();
        properties.forEach(property -> last.put(property.substring(0, property.indexOf('=')), property));
        return last.values().stream().map(property -> "--" + property).toArray(String[]::new);
    }

    /** Equal for all. */
    static List<String> common(String url, int port) {
        return List.of(
                "server.port=" + port,
                "server.tomcat.threads.max=" + SERVER_THREADS,
                "server.tomcat.threads.min-spare=" + SERVER_THREADS,
                "server.tomcat.max-keep-alive-requests=-1",
                "spring.datasource.url=" + url,
                "spring.datasource.hikari.maximum-pool-size=" + POOL,
                "spring.datasource.hikari.max-lifetime=0",
                "spring.main.banner-mode=off",
                "spring.main.register-shutdown-hook=false",
                "spring.jmx.enabled=false",
                "logging.level.root=WARN");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HikariDataSource pool() {
        return context.getBean(HikariDataSource.class);
    }

    /** Whether a thread of this name works for this application's requests. */
    boolean owns(String threadName) {
        return threadName.startsWith("http-nio-" + port + "-exec-");
    }

    @Override
    public void close() {
        context.close();
    }
}
