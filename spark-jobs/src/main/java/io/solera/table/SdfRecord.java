package io.solera.table;

import io.solera.table.file.Lines;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of an SDF file.
 *
 * @param molfile up to {@code M  END}
 * @param fields by name, in their order; lines of one value are joined by line feeds
 */
record SdfRecord(String molfile, Map<String, String> fields) implements Serializable {
    static final String END = "$$$$";

    /** The next record of some lines; null where only empty lines are left. */
    static @Nullable SdfRecord read(Lines lines) throws IOException {
        List<String> all = new ArrayList<>();
        long first = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith(END)) {
                return of(all, lines, first);
            }
            first = all.isEmpty() ? lines.number() : first;
            all.add(line);
        }
        if (all.stream().allMatch(String::isBlank)) {
            return null;
        }
        if (all.stream().noneMatch(line -> line.startsWith("M  END"))) {
            throw lines.problem(
                    first, "the record that begins here has no end (M  END and $$$$; was the file copied whole?)");
        }
        return of(all, lines, first);
    }

    private static SdfRecord of(List<String> lines, Lines at, long first) throws IOException {
        int end = 0;
        while (end < lines.size() && !lines.get(end).startsWith("M  END")) {
            end++;
        }
        if (end == lines.size()) {
            throw at.problem(first, "the record that begins here has no structure (no line M  END)");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int k = end + 1; k < lines.size(); k++) {
            String line = lines.get(k);
            int open = line.indexOf('<');
            int close = line.lastIndexOf('>');
            if (line.startsWith(">") && open > 0 && close > open) {
                List<String> value = new ArrayList<>();
                while (k + 1 < lines.size() && !lines.get(k + 1).isEmpty()) {
                    value.add(lines.get(++k));
                }
                String name = line.substring(open + 1, close);
                if (fields.put(name, String.join("\n", value)) != null) {
                    throw at.problem(first, "the record that begins here has two fields %s".formatted(name));
                }
            } else if (!line.isBlank()) {
                throw at.problem(first + k, "it belongs to no field (a field begins with > <NAME>)");
            }
        }
        return new SdfRecord(String.join("\n", lines.subList(0, end + 1)) + "\n", fields);
    }

    /** The first line of the structure. */
    String name() {
        return molfile.lines().findFirst().orElse("").strip();
    }
}
