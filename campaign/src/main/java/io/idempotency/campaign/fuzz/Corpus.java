package io.idempotency.campaign.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a target that are kept, a line each: what became of it, and its bytes. */
final class Corpus {

    private static final String FOLDER = "corpus";
    private static final String FILE = "cases.txt";

    private Corpus() {}

    /**
     * An input that is kept.
     *
     * @param expected what became of it
     * @param input its bytes, a character each
     */
    record Case(String expected, String input) {

        String line() {
            return expected + " " + Latin1.escaped(input);
        }

        static Case of(String line) {
            int space = line.indexOf(' ');
            return new Case(line.substring(0, space), Latin1.unescaped(line.substring(space + 1)));
        }
    }

    /** Reads what is committed; nothing for a target that is new. */
    static List<Case> committed(String target) {
        try (InputStream in = Corpus.class.getResourceAsStream("/" + FOLDER + "/" + target + "/" + FILE)) {
            if (in == null) {
                return List.of();
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(Case::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes cases into the folder that is committed. */
    static void write(Path resources, String target, List<Case> cases) throws IOException {
        Path folder = Files.createDirectories(resources.resolve(FOLDER).resolve(target));
        List<String> lines = new ArrayList<>(cases.stream().map(Case::line).toList());
        lines.sort(String::compareTo);
        Files.writeString(folder.resolve(FILE), String.join("\n", lines) + "\n", StandardCharsets.US_ASCII);
    }
}
