package io.solera.table;

import io.solera.table.file.Dialect;
import io.solera.table.file.Lines;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Files of sequences: the column {@code name} has what follows {@code >}, the other the letters of the following lines, without spaces and
 * line breaks. That one is called {@code protein} of {@code .faa}, {@code dna} of {@code .fna} and {@code .ffn}, else {@code sequence}.
 */
final class FastaTable {
    static final String NAME = "name";
    static final String SEQUENCE = "sequence";

    private FastaTable() {}

    static Dataset<Row> read(SparkSession spark, String table, List<TableFile> files, TextOptions options, long length)
            throws IOException {
        List<Dialect> dialects = TextRows.dialects(spark, files, options);
        List<Piece> pieces = new ArrayList<>();
        for (int k = 0; k < files.size(); k++) {
            pieces.addAll(Piece.of(files.get(k), dialects.get(k), length));
        }
        List<String> columns = new ArrayList<>(List.of(NAME, column(table)));
        columns.addAll(files.get(0).folders());
        CsvHead.requireDifferent(files.get(0).shown(), columns);
        return spark.createDataFrame(TextRows.of(spark, Piece.tasks(pieces, length), Rows::new), Tables.texts(columns));
    }

    /** What the column of sequences of a file is called. */
    static String column(String path) {
        String name = TableFormat.plain(path);
        return name.endsWith(".faa") ? "protein" : name.endsWith(".fna") || name.endsWith(".ffn") ? "dna" : SEQUENCE;
    }

    /** The rows of a piece: those whose first line begins in it. */
    private static final class Rows implements Supply.Source<Row> {
        private final Piece piece;
        private final Lines lines;
        private @Nullable String header;
        private boolean beyond;

        Rows(Piece piece, Configuration configuration) throws IOException {
            this.piece = piece;
            this.lines = new Lines(piece, configuration);
            header = firstHeader();
        }

        private @Nullable String firstHeader() throws IOException {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith(">")) {
                    beyond = lines.beyond();
                    return line;
                }
                if (piece.begin() == 0 && !line.isBlank() && !line.startsWith(";")) {
                    throw lines.problem("letters before the first name (a name is a line that begins with >)");
                }
            }
            return null;
        }

        @Override
        public @Nullable Row next() throws IOException {
            String name = header;
            if (name == null || beyond) {
                return null;
            }
            StringBuilder letters = new StringBuilder();
            header = null;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith(">")) {
                    header = line;
                    beyond = lines.beyond();
                    break;
                }
                if (!line.startsWith(";")) {
                    line.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> letters.append((char) c));
                }
            }
            List<@Nullable String> folders = piece.file().cells();
            @Nullable Object[] cells = new Object[2 + folders.size()];
            cells[0] = name.substring(1).strip();
            cells[1] = letters.isEmpty() ? null : letters.toString();
            for (int k = 0; k < folders.size(); k++) {
                cells[2 + k] = folders.get(k);
            }
            return RowFactory.create(cells);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
