package io.idempotency.campaign.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A release of the library to come: its answers are stored in a format that today's release does not read, and it reads both. */
final class NextRelease {

    private static final Path CODEC = Path.of(
            "..", "idempotency-core", "src", "main", "java", "io", "idempotency", "core", "StoredResponseCodec.java");
    private static final String WRITTEN = "FORMAT_VERSION = 1;";
    private static final String REFUSED = "if (version != FORMAT_VERSION) {";

    private NextRelease() {}

    /** Compiles what is different, to be put in front of what is not. */
    static Path compile(Path directory) throws IOException {
        String source = Files.readString(CODEC);
        if (!source.contains(WRITTEN) || !source.contains(REFUSED)) {
            throw new IllegalStateException(
                    "The codec has changed, and so must the campaign's idea of its next format.");
        }
        Path root = Files.createTempDirectory(directory, "next-release-");
        Path changed = Files.createDirectories(root.resolve("source")).resolve(CODEC.getFileName());
        Files.writeString(
                changed,
                source.replace(WRITTEN, "FORMAT_VERSION = 2;")
                        .replace(REFUSED, "if (version != 1 && version != FORMAT_VERSION) {"));
        Path classes = Files.createDirectories(root.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = List.of(
                "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        String[] all =
                Stream.concat(arguments.stream(), Stream.of(changed.toString())).toArray(String[]::new);
        if (compiler.run(null, null, null, all) != 0) {
            throw new IllegalStateException("The next release does not compile.");
        }
        return classes;
    }
}
