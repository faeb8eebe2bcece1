package io.idempotency.campaign.cluster;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node runs: a class path of jars alone, so that its start can be shortened by a class archive.
 *
 * @param classPath the jars
 * @param archive the classes of an earlier run, or null while there is none
 */
record Build(String classPath, @Nullable Path archive) {

    /** The library as it was built for the campaign. */
    static Build current(Path directory) throws IOException {
        return of(directory, List.of());
    }

    /** Other classes in front of the library's own. */
    static Build of(Path directory, List<Path> inFront) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path path : inFront) {
            jars.add(jar(path, directory));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                jars.add(jar(path, directory));
            } else if (Files.exists(path)) {
                jars.add(path.toString());
            }
        }
        return new Build(String.join(File.pathSeparator, jars), null);
    }

    Build archivedIn(Path file) {
        return new Build(classPath, file);
    }

    /** Deletes what was made for builds, which is large; logs stay. */
    static void deleteFrom(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Build::isPartOfOne).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isPartOfOne(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") || name.endsWith(".jsa");
    }

    private static String jar(Path classes, Path directory) throws IOException {
        Path jar = Files.createTempFile(directory, "classes-", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path path : files.skip(1).sorted(Comparator.naturalOrder()).toList()) {
                write(classes, path, out);
            }
        }
        return jar.toString();
    }

    /** Directories have entries of their own: resources are looked for by them. */
    private static void write(Path root, Path path, JarOutputStream out) throws IOException {
        String name = root.relativize(path).toString().replace(File.separatorChar, '/');
        boolean directory = Files.isDirectory(path);
        out.putNextEntry(new JarEntry(directory ? name + "/" : name));
        if (!directory) {
            Files.copy(path, out);
        }
        out.closeEntry();
    }
}
