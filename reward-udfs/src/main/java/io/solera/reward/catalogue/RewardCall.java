package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A catalogue reward with its arguments, written as {@code qed} or {@code similarity(reference='CC(=O)O')}. */
public record RewardCall(String name, Map<String, String> arguments) implements Serializable {
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z_][\\w-]*)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
    private static final Pattern ARGUMENT =
            Pattern.compile("\\s*([A-Za-z_][\\w-]*)\\s*=\\s*(?:'((?:[^']++|'')*+)'|([^',()\\s][^',()]*))\\s*(,|$)");
    /** Maximum length of a call: a reference molecule, a pattern or a path is far shorter. */
    private static final int MAX_LENGTH = 1 << 16;

    private static final Pattern PLAIN = Pattern.compile("[^',()\\s](?:[^',()]*[^',()\\s])?");

    public RewardCall {
        if (name.isBlank()) {
            throw new RequestException("Invalid reward: the name is empty (must be one of the catalogue)");
        }
        arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }

    public static RewardCall of(String name) {
        return new RewardCall(name, Map.of());
    }

    /** Parses what {@link #text()} writes; a quote inside quotes is doubled. */
    public static RewardCall parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RequestException("Invalid reward: %s... (it has %d characters, must have at most %d)"
                    .formatted(text.substring(0, 40), text.length(), MAX_LENGTH));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new RequestException(
                    "Invalid reward: %s (must be a name, or a name with (argument=value, ...))".formatted(text));
        }
        String list = form.group(2) == null ? "" : form.group(2);
        Map<String, String> arguments = new LinkedHashMap<>();
        Matcher argument = ARGUMENT.matcher(list);
        int at = 0;
        while (at < list.length() && !list.substring(at).isBlank()) {
            if (!argument.find(at) || argument.start() != at) {
                throw new RequestException(("Invalid reward: %s (cannot read %s: must be argument=value, "
                                + "the value in single quotes if it contains a comma or parenthesis)")
                        .formatted(text, list.substring(at).strip()));
            }
            String value = argument.group(2) == null
                    ? argument.group(3).strip()
                    : argument.group(2).replace("''", "'");
            if (arguments.put(argument.group(1), value) != null) {
                throw new RequestException(
                        "Invalid reward: %s (argument %s is given twice)".formatted(text, argument.group(1)));
            }
            at = argument.end();
        }
        return new RewardCall(form.group(1), arguments);
    }

    public String text() {
        if (arguments.isEmpty()) {
            return name;
        }
        List<String> words = new ArrayList<>();
        arguments.forEach((key, value) ->
                words.add(key + "=" + (PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "''") + "'")));
        return name + "(" + String.join(", ", words) + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
