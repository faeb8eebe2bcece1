package io.idempotency.it;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the tests are run with, for class loaders that leave something out of it or pack it otherwise. */
final class TestClassPath {

    private TestClassPath() {}

    static List<Path> entries() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** A class loader that knows nothing of this one. */
    static URLClassLoader loader(List<Path> entries) {
        return new URLClassLoader(
                entries.stream().map(TestClassPath::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry.toString(), e);
        }
    }
}
