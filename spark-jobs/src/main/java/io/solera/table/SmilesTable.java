package io.solera.table;

import io.solera.table.file.Dialect;
import io.solera.table.file.Lines;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TextFile;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Files of a SMILES per line, and after it, behind a space or tab, its name: all of the rest of the line, null where there is none. Where
 * no line has one, there is no such column. Empty lines and those that begin with {@code #} are no rows. A first line whose first word is
 * {@code smiles} is a header, whose second word is what names are called.
 */
final class SmilesTable {
    private static final String NAME = "name";
    private static final Set<String> HEADERS =
            Set.of("smiles", "smile", "canonical_smiles", "can_smiles", "isomeric_smiles", "cxsmiles", "structure");

    private SmilesTable() {}

    /** @param names how a file calls the column of names; empty where it has no header */
    private record Head(TableFile file, Dialect dialect, String names) implements Serializable {
        static Head read(TableFile file, TextOptions options, Configuration configuration) throws IOException {
            Dialect dialect = TextFile.dialect(file, options, configuration);
            try (Lines lines = new Lines(Piece.whole(file, dialect), configuration)) {
                String first = lines.next();
                return new Head(file, dialect, first == null || !header(first) ? "" : names(first));
            }
        }

        private static String names(String header) {
            String[] words = header.strip().split("[ \\t]+", -1);
            return words.length == 2 && !words[1].equalsIgnoreCase(Tables.SMILES) ? words[1] : NAME;
        }
    }

    static Dataset<Row> read(SparkSession spark, List<TableFile> files, TextOptions options, long length)
            throws IOException {
        List<Head> heads =
                TextRows.each(spark, files, (file, configuration) -> Head.read(file, options, configuration));
        TextRows.say(files, heads.stream().map(Head::dialect).toList());
        String names = NAME;
        List<Piece> pieces = new ArrayList<>();
        for (Head head : heads) {
            if (heads.stream().allMatch(other -> other.names.equals(head.names)) && !head.names.isEmpty()) {
                names = head.names;
            }
            pieces.addAll(Piece.of(head.file, head.dialect, length));
        }
        boolean named = TextRows.each(spark, pieces, SmilesTable::named).contains(true);
        List<String> columns = new ArrayList<>(named ? List.of(Tables.SMILES, names) : List.of(Tables.SMILES));
        columns.addAll(files.get(0).folders());
        CsvHead.requireDifferent(files.get(0).shown(), columns);
        return spark.createDataFrame(
                TextRows.of(
                        spark,
                        Piece.tasks(pieces, length),
                        (piece, configuration) -> new Rows(piece, named, configuration)),
                Tables.texts(columns));
    }

    /** Whether a line of a piece has a name, or a header. */
    private static boolean named(Piece piece, Configuration configuration) throws IOException {
        try (Rows rows = new Rows(piece, true, configuration)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                if (!row.isNullAt(1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean header(String line) {
        return HEADERS.contains(line.strip().split("[ \\t]", 2)[0].toLowerCase(Locale.ROOT));
    }

    /** The rows of a piece. */
    private static final class Rows implements Supply.Source<Row> {
        private final Piece piece;
        private final boolean named;
        private final Lines lines;

        Rows(Piece piece, boolean named, Configuration configuration) throws IOException {
            this.piece = piece;
            this.named = named;
            this.lines = new Lines(piece, configuration);
        }

        @Override
        public @Nullable Row next() throws IOException {
            for (String line = lines.next(); line != null && !lines.beyond(); line = lines.next()) {
                String text = line.strip();
                boolean first = piece.begin() == 0 && lines.number() == 1;
                if (!text.isEmpty() && text.charAt(0) != '#' && !(first && header(text))) {
                    return row(text);
                }
            }
            return null;
        }

        private Row row(String text) {
            int space = 0;
            while (space < text.length() && text.charAt(space) != ' ' && text.charAt(space) != '\t') {
                space++;
            }
            List<@Nullable String> folders = piece.file().cells();
            int first = named ? 2 : 1;
            @Nullable Object[] cells = new Object[first + folders.size()];
            cells[0] = text.substring(0, space);
            if (named) {
                String name = text.substring(space).strip();
                cells[1] = name.isEmpty() ? null : name;
            }
            for (int k = 0; k < folders.size(); k++) {
                cells[first + k] = folders.get(k);
            }
            return RowFactory.create(cells);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
