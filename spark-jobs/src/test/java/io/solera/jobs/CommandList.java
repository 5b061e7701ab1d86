package io.solera.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docs/commands.txt}: what runs each command of the documents. A line begins with a word.
 *
 * @param how {@code test}: this suite runs it; {@code run}: docs/run-commands.sh does; {@code not}: nothing here does
 * @param command as the documents write it, on one line
 * @param because why nothing runs it, empty otherwise
 */
record CommandList(String how, String command, String because) {
    static final String FILE = "docs/commands.txt";

    static List<CommandList> read() throws IOException {
        List<CommandList> entries = new ArrayList<>();
        for (String line : Files.readAllLines(DocumentText.ROOT.resolve(FILE))) {
            String[] parts = line.strip().split("\\s+", 2);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            switch (parts[0]) {
                case "test", "run", "not" -> entries.add(new CommandList(parts[0], parts[1], ""));
                case "because" ->
                    entries.add(new CommandList("not", removeLast(entries).command(), parts[1]));
                case "shorter", "first" -> {} // of docs/run-commands.sh alone
                default -> throw new IllegalStateException("Cannot read " + FILE + ": " + line);
            }
        }
        return entries;
    }

    private static CommandList removeLast(List<CommandList> entries) {
        return entries.remove(entries.size() - 1);
    }
}
