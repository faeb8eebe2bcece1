package io.idempotency.campaign.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes a form apart in the naive way: split, and look at each pair. */
final class FormModel {

    private static final Pattern ESCAPED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+", Pattern.DOTALL);

    private FormModel() {}

    /** The values of each name in their order; nothing for what is not a form. */
    static Optional<Map<String, List<String>>> parse(String body, Charset charset) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            for (String pair : body.split("&", -1)) {
                if (!pair.isEmpty()) {
                    String[] nameAndValue = pair.split("=", 2);
                    String name = decoded(nameAndValue[0], charset);
                    String value = nameAndValue.length == 1 ? "" : decoded(nameAndValue[1], charset);
                    if (nameAndValue[0].isEmpty()) {
                        return Optional.empty();
                    }
                    parameters.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
                }
            }
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        return Optional.of(parameters);
    }

    private static String decoded(String text, Charset charset) throws CharacterCodingException {
        if (!ESCAPED.matcher(text).matches()) {
            throw new CharacterCodingException();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '%') {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    }
}
