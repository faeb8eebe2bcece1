package io.idempotency.campaign.fuzz;

import java.util.List;

/** Changes one input into another: most changes are small, so that what was valid remains nearly so. */
final class Mutator {

    private static final int MOST_CHANGES = 4;
    private static final int MOST_REPETITIONS = 300;

    private final List<String> tokens;
    private final int maxLength;

    /**
     * A mutator.
     *
     * @param tokens what means something in the grammar of the input
     * @param maxLength the most bytes of what it makes
     */
    Mutator(List<String> tokens, int maxLength) {
        this.tokens = tokens;
        this.maxLength = maxLength;
    }

    String mutate(String parent, String other, Choice choice) {
        String mutant = parent;
        for (int left = choice.length(MOST_CHANGES); left > 0; left--) {
            mutant = changed(mutant, other, choice);
        }
        return mutant.length() <= maxLength ? mutant : mutant.substring(0, maxLength);
    }

    private String changed(String text, String other, Choice choice) {
        int at = choice.below(text.length() + 1);
        int to = at + choice.length(text.length() - at + 1) - 1;
        int end = Math.max(at, Math.min(text.length(), to));
        String range = text.substring(at, end);
        return switch (choice.below(11)) {
            case 0 -> flipped(text, choice);
            case 1 -> replaced(text, at, end, String.valueOf((char) choice.below(256)));
            case 2, 3 -> replaced(text, at, at, choice.from(tokens));
            case 4 -> replaced(text, at, end, choice.from(tokens));
            case 5 -> replaced(text, at, end, "");
            case 6 -> replaced(text, at, at, range);
            case 7 -> choice.oneIn(3) ? text.substring(0, at) : text.substring(at);
            case 8 -> text.substring(0, at) + other.substring(choice.below(other.length() + 1));
            case 9 -> replaced(text, at, at, choice.from(tokens).repeat(choice.length(MOST_REPETITIONS)));
            default -> replaced(text, at, end, number(choice));
        };
    }

    private static String replaced(String text, int from, int to, String by) {
        return text.substring(0, from) + by + text.substring(to);
    }

    private static String flipped(String text, Choice choice) {
        if (text.isEmpty()) {
            return text;
        }
        int at = choice.below(text.length());
        return replaced(text, at, at + 1, String.valueOf((char) (text.charAt(at) ^ (1 << choice.below(8)))));
    }

    private static String number(Choice choice) {
        return switch (choice.below(4)) {
            case 0 -> Integer.toString(choice.below(20) - 10);
            case 1 -> Long.toString(choice.number());
            case 2 -> Long.toString(choice.from(List.of(255L, 256L, 1L << 31, (1L << 31) - 1, Long.MAX_VALUE, -1L)));
            default -> Integer.toHexString(choice.below(1 << 16));
        };
    }
}
