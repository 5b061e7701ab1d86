package io.solera.reward.outside;

import io.solera.problem.RequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words, without a shell. Spaces separate words. Text in single quotes is literal; in double
 * quotes too, except that a backslash escapes the next character, as it does outside quotes. Variables, {@code ~},
 * {@code *}, pipes and redirections have no special meaning.
 */
final class CommandWords {
    private CommandWords() {}

    static List<String> of(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int k = 0; k < command.length(); k++) {
            char c = command.charAt(k);
            if (c == '\\' && quote != '\'' && k + 1 < command.length()) {
                word.append(command.charAt(++k));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new RequestException("Invalid command: %s (a quote is not closed: %s)".formatted(command, quote));
        }
        if (inWord) {
            words.add(word.toString());
        }
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new RequestException(
                    "Invalid command: '%s' (must name a program, such as python3 my_reward.py)".formatted(command));
        }
        return words;
    }
}
