package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for keys in sent bytes, in the naive way: wherever a head might begin, as a server might see it. */
final class WireKeys {

    private static final Pattern HEAD = Pattern.compile("(?:POST|PUT|PATCH|DELETE)[ \t]+[^\r\n]*\r?\n");
    private static final Pattern END = Pattern.compile("\r?\n\r?\n");
    private static final Pattern FIELD = Pattern.compile("(?i)idempotency-key:(.*)", Pattern.DOTALL);

    private WireKeys() {}

    /** The keys under which something may be executed: those of heads with exactly one valid key. */
    static Set<String> of(String wire) {
        Set<String> keys = new HashSet<>();
        for (Matcher head = HEAD.matcher(wire); head.find(); ) {
            ofHead(wire.substring(head.end())).ifPresent(keys::add);
        }
        return keys;
    }

    private static Optional<String> ofHead(String rest) {
        String head = END.split(rest, 2)[0];
        List<String> values = new ArrayList<>();
        for (String line : head.replaceAll("\r?\n[ \t]+", " ").split("\r?\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                values.add(field.group(1));
            }
        }
        return KeyModel.key(values);
    }
}
