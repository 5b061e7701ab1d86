package io.solera.reinvent;

import java.util.List;

/**
 * What a job does not have of a configuration, or has otherwise.
 *
 * @param key its path, such as {@code stage[0].scoring.component[1].Maize}
 * @param reason what is different, and the way out
 */
public record Note(String key, String reason) {
    private static final int WIDTH = 120;

    @Override
    public String toString() {
        return key + ": " + reason;
    }

    /** The head of a job. */
    static String comments(String name, List<Note> notes) {
        StringBuilder text = new StringBuilder("# Made of ").append(name).append(" by solera import-reinvent.\n");
        if (!notes.isEmpty()) {
            text.append("# What it says and this job does not have, or has otherwise:\n");
        }
        for (Note note : notes) {
            String line = "# -";
            for (String word : note.toString().trim().split("\\s+", -1)) {
                if (line.length() + 1 + word.length() > WIDTH && line.length() > 3) {
                    text.append(line).append('\n');
                    line = "#  ";
                }
                line += " " + word;
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
