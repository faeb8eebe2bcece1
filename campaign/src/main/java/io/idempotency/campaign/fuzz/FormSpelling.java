package io.idempotency.campaign.fuzz;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the parameters of a form in one of their many ways. */
final class FormSpelling {

    private final Charset charset;
    private final Choice choice;

    FormSpelling(Charset charset, Choice choice) {
        this.charset = charset;
        this.choice = choice;
    }

    /** Names in any order, the values of each name in theirs. */
    String of(Map<String, List<String>> parameters) {
        List<String> turns = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> turns.add(name)));
        choice.shuffle(turns);
        Map<String, Integer> written = new LinkedHashMap<>();
        StringBuilder form = new StringBuilder();
        for (String name : turns) {
            int place = written.merge(name, 1, Integer::sum) - 1;
            String value = parameters.getOrDefault(name, List.of()).get(place);
            form.append(choice.oneIn(6) ? "&&" : "&").append(encoded(name));
            form.append(value.isEmpty() && choice.oneIn(2) ? "" : "=" + encoded(value));
        }
        return form.isEmpty() ? "" : form.substring(choice.below(2));
    }

    private String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(charset)) {
            char c = (char) (octet & 0xFF);
            if (c == ' ' && choice.oneIn(2)) {
                encoded.append('+');
            } else if ("%&=+".indexOf(c) >= 0 || choice.oneIn(4)) {
                HexFormat hex =
                        choice.oneIn(2) ? HexFormat.of() : HexFormat.of().withUpperCase();
                encoded.append('%').append(hex.toHexDigits(octet));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
