package io.solera.table.output;

import io.solera.reward.molecule.smiles.Molfile;
import io.solera.table.file.TableFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A row as a record of SDF or FASTA: its structure or sequence under its name, with what other columns hold, where they hold something, as
 * data fields, or behind the name as {@code column=value}.
 *
 * @param subject the place of the SMILES or of the sequence
 * @param name the place of the name, -1 where there is none
 */
record RecordText(TableFormat format, List<String> columns, int subject, int name) implements Serializable {
    private static final int LETTERS = 60;
    private static final List<String> SEQUENCES = List.of("protein", "dna", "sequence", "text");

    /** @throws IllegalArgumentException when the table has no column for what the format is about */
    static RecordText of(TableFormat format, String file, List<String> columns) {
        List<String> wanted = format == TableFormat.SDF ? List.of("smiles") : SEQUENCES;
        int subject = place(columns, wanted);
        if (subject < 0) {
            throw new IllegalArgumentException("Cannot write %s: the table has no column %s (its columns are %s)"
                    .formatted(file, String.join(" or ", wanted), String.join(", ", columns)));
        }
        return new RecordText(format, List.copyOf(columns), subject, place(columns, List.of("name", "id")));
    }

    private static int place(List<String> columns, List<String> wanted) {
        for (String name : wanted) {
            for (int k = 0; k < columns.size(); k++) {
                if (columns.get(k).equalsIgnoreCase(name)) {
                    return k;
                }
            }
        }
        return -1;
    }

    /** Without a line break at the end. */
    String of(Row row) {
        return format == TableFormat.SDF ? sdf(row) : fasta(row);
    }

    private String sdf(Row row) {
        StringBuilder text = new StringBuilder(Molfile.of(orEmpty(row, subject), oneLine(orEmpty(row, name))));
        for (int k = 0; k < columns.size(); k++) {
            if (k != name && !row.isNullAt(k)) {
                text.append("> <").append(columns.get(k)).append(">\n");
                String value = row.getString(k).replaceAll("\\R\\s*\\R", "\n").strip();
                text.append(value.isEmpty() ? "" : value + "\n").append('\n');
            }
        }
        return text.append("$$$$").toString();
    }

    private String fasta(Row row) {
        StringBuilder text = new StringBuilder(">").append(oneLine(orEmpty(row, name)));
        for (int k = 0; k < columns.size(); k++) {
            if (k != name && k != subject && !row.isNullAt(k)) {
                text.append(' ').append(columns.get(k)).append('=').append(oneLine(row.getString(k)));
            }
        }
        String letters = orEmpty(row, subject);
        for (int begin = 0; begin < letters.length(); begin += LETTERS) {
            text.append('\n').append(letters, begin, Math.min(letters.length(), begin + LETTERS));
        }
        return text.toString();
    }

    private static String orEmpty(Row row, int place) {
        return place < 0 || row.isNullAt(place) ? "" : row.getString(place);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
