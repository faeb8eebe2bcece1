package io.idempotency.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of the project. */
final class Documents {

    /** Surefire runs a module's tests in the module's directory. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

    private Documents() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String path) {
        return read(ROOT.resolve(path));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands outside of fenced code. */
    static List<String> prose(Path file) {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : read(file).lines().toList()) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** The cells of the table whose first heading this is, without the headings. */
    static List<List<String>> table(String path, String firstHeading) {
        return read(path)
                .lines()
                .dropWhile(line -> !line.startsWith("| " + firstHeading + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(CELL_BORDER.split(line.substring(1)))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    static String code(String text) {
        return "`" + text + "`";
    }
}
