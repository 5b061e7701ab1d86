package io.solera.jobs;

import java.util.ArrayList;
import java.util.List;

/** Text of a shell, as far as documents write it: what is one command, and what are its words. */
final class ShellText {
    private static final String OPERATORS = "|&;<>()";

    private ShellText() {}

    /** The commands of a block, each on one line, without comments. */
    static List<String> commands(String block) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        char quote = 0;
        for (int i = 0; i <= block.length(); i++) {
            char c = i == block.length() ? '\n' : block.charAt(i);
            boolean continued = c == '\\' && i + 1 < block.length() && block.charAt(i + 1) == '\n';
            if (continued || c == '\n' && quote != 0 && i < block.length()) {
                i += continued ? 1 : 0;
                while (i + 1 < block.length() && block.charAt(i + 1) == ' ') {
                    i++;
                }
                if (!command.isEmpty() && command.charAt(command.length() - 1) != ' ') {
                    command.append(' ');
                }
            } else if (c == '\n') {
                if (!command.toString().isBlank()) {
                    commands.add(command.toString().strip());
                }
                command.setLength(0);
            } else if (c == '#' && quote == 0 && (command.isEmpty() || command.charAt(command.length() - 1) == ' ')) {
                while (i + 1 < block.length() && block.charAt(i + 1) != '\n') {
                    i++;
                }
            } else {
                quote = after(quote, c);
                command.append(c);
            }
        }
        return commands;
    }

    /** The words of each simple command of a line, quotes taken away: of both sides of a pipe, of {@code &&} and ;. */
    static List<List<String>> words(String line) {
        List<List<String>> simple = new ArrayList<>(List.of(new ArrayList<>()));
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ' ' : line.charAt(i);
            char next = after(quote, c);
            if (next != quote) {
                inWord = true;
            } else if (quote == 0 && (c == ' ' || OPERATORS.indexOf(c) >= 0)) {
                if (inWord) {
                    simple.get(simple.size() - 1).add(word.toString());
                }
                word.setLength(0);
                inWord = false;
                if (c != ' ' && !simple.get(simple.size() - 1).isEmpty()) {
                    simple.add(new ArrayList<>());
                }
            } else {
                boolean escaped = c == '\\' && quote != '\'' && i + 1 < line.length();
                word.append(escaped ? line.charAt(++i) : c);
                inWord = true;
            }
            quote = next;
        }
        simple.removeIf(List::isEmpty);
        return simple;
    }

    /** The quote that is open after a character, 0 for none. */
    private static char after(char quote, char c) {
        if (c != '"' && c != '\'') {
            return quote;
        }
        return quote == 0 ? c : quote == c ? 0 : quote;
    }
}
