package io.idempotency.examples.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of a README's {@code console} blocks, each with what it is said to print. */
record Transcript(List<Step> steps) {

    private static final Pattern BLOCK =
            Pattern.compile("^```console\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String PROMPT = "$ ";
    private static final String ELLIPSIS = "...";

    /** A command and the lines that follow it; {@code ...} stands for anything within a line, alone for any lines. */
    record Step(String command, List<String> printed) {

        /** Whether the output is what is printed; the order and the case of header fields say nothing. */
        boolean matches(String output) {
            int blank = printed.indexOf("");
            if (blank < 0) {
                return pattern(printed).matcher(lines(output)).matches();
            }
            String[] headAndBody = output.split("\n\n", 2);
            List<String> head = headAndBody[0].lines().toList();
            boolean headers = printed.subList(0, blank).stream()
                    .filter(line -> !line.equals(ELLIPSIS))
                    .map(line -> Pattern.compile(literalWithGaps(line), Pattern.CASE_INSENSITIVE))
                    .allMatch(line -> head.stream()
                            .anyMatch(actual -> line.matcher(actual).matches()));
            return headers
                    && head.get(0).equals(printed.get(0))
                    && pattern(printed.subList(blank + 1, printed.size()))
                            .matcher(lines(headAndBody[1]))
                            .matches();
        }

        private static String lines(String output) {
            return output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
        }

        private static Pattern pattern(List<String> lines) {
            StringBuilder regex = new StringBuilder();
            for (String line : lines) {
                regex.append(line.equals(ELLIPSIS) ? "(?:.*\\n)*" : literalWithGaps(line) + "\\n");
            }
            return Pattern.compile(regex.toString());
        }

        private static String literalWithGaps(String line) {
            return Arrays.stream(line.split(Pattern.quote(ELLIPSIS), -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
        }
    }

    static Transcript of(Path readme) throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(readme).replace("\r\n", "\n"));
        while (block.find()) {
            for (String line :
                    block.group(1).replaceAll("\\\\\\n\\s*", "").lines().toList()) {
                if (line.startsWith(PROMPT)) {
                    steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).printed().add(line);
                }
            }
        }
        return new Transcript(steps);
    }
}
