package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.jdbc.PostgresSchema;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Flyway looks for directories; tools that pack applications anew may leave their entries out. */
@Timeout(120)
class PackedMigrationsTest {

    private final String database = PostgresUnderTest.newDatabase().url();

    @TempDir
    private Path directory;

    @Test
    void migrationsInAJarWithDirectoriesAreFound() throws Exception {
        assertThat(startOn(packed(true))).isEqualTo("started");
    }

    @Test
    void migrationsThatCannotBeFoundFailTheStartAndSayHowToPackThem() throws Exception {
        assertThat(startOn(packed(false)))
                .contains("The table idempotency_record for idempotency records could not be migrated")
                .contains("pack the application so that its jars keep their entries for directories");
    }

    /** In a JVM of its own: Flyway finds more where it is loaded by a {@link java.net.URLClassLoader}. */
    private String startOn(Path store) throws Exception {
        List<String> entries = TestClassPath.entries().stream()
                .map(entry -> entry.equals(storeUnderTest()) ? store : entry)
                .map(Path::toString)
                .toList();
        assertThat(entries).contains(store.toString());
        Path said = directory.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(File.pathSeparator, entries),
                        Start.class.getName(),
                        database,
                        said.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }

    private static Path storeUnderTest() {
        try {
            return Path.of(PostgresSchema.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The store's classes and resources, which are a jar or a directory. */
    private Path packed(boolean withDirectories) throws IOException {
        Path store = storeUnderTest();
        if (Files.isDirectory(store)) {
            return packed(store, withDirectories);
        }
        try (FileSystem jar = FileSystems.newFileSystem(store)) {
            return packed(jar.getPath("/"), withDirectories);
        }
    }

    private Path packed(Path root, boolean withDirectories) throws IOException {
        Path jar = directory.resolve("store.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.skip(1).toList()) {
                boolean isDirectory = Files.isDirectory(file);
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!isDirectory) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                } else if (withDirectories) {
                    out.putNextEntry(new JarEntry(name.endsWith("/") ? name : name + "/"));
                }
            }
        }
        return jar;
    }

    @EnableAutoConfiguration
    static class App {}

    /** Starts and stops an application, and writes down what it says if it does not start. */
    static final class Start {

        private Start() {}

        public static void main(String[] arguments) throws IOException {
            Files.writeString(Path.of(arguments[1]), outcomeOn(arguments[0]));
        }

        private static String outcomeOn(String databaseUrl) {
            try (ServiceApp app = ServiceApp.start(databaseUrl, App.class)) {
                return "started";
            } catch (RuntimeException e) {
                Throwable cause = e;
                while (cause.getCause() != null && !(cause instanceof IdempotencyConfigurationException)) {
                    cause = cause.getCause();
                }
                return cause instanceof IdempotencyConfigurationException configuration
                        ? configuration.getMessage() + " " + configuration.action()
                        : cause.toString();
            }
        }
    }
}
