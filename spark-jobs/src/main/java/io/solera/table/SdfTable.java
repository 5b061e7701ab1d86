package io.solera.table;

import io.solera.reward.molecule.smiles.Molfile;
import io.solera.table.file.Dialect;
import io.solera.table.file.Lines;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Files of structures: {@code smiles} of each, null where a structure cannot be read, {@code name}, its first line, and a column per data
 * field of any record. A field that is called like one of the first two, by capitals too, is called {@code field_} and its name.
 */
final class SdfTable {
    private static final String NAME = "name";

    private SdfTable() {}

    static Dataset<Row> read(SparkSession spark, List<TableFile> files, TextOptions options, long length)
            throws IOException {
        List<Dialect> dialects = TextRows.dialects(spark, files, options);
        List<Piece> pieces = new ArrayList<>();
        for (int k = 0; k < files.size(); k++) {
            pieces.add(Piece.whole(files.get(k), dialects.get(k)));
        }
        List<List<Piece>> tasks = Piece.tasks(pieces, length);
        Set<String> names = new LinkedHashSet<>();
        for (List<String> found : TextRows.each(spark, pieces, 0, SdfTable::fields)) {
            names.addAll(found);
        }
        List<String> fields = List.copyOf(names);
        List<String> columns = new ArrayList<>(List.of(Tables.SMILES, NAME));
        for (String field : fields) {
            boolean taken = field.equalsIgnoreCase(Tables.SMILES) || field.equalsIgnoreCase(NAME);
            columns.add(taken ? "field_" + field : field);
        }
        columns.addAll(files.get(0).folders());
        CsvHead.requireDifferent(files.get(0).shown(), columns);
        return spark.createDataFrame(
                TextRows.of(spark, tasks, (piece, configuration) -> new Rows(piece, fields, configuration)),
                Tables.texts(columns));
    }

    private static List<String> fields(Piece piece, Configuration configuration) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (Lines lines = new Lines(piece, configuration)) {
            for (SdfRecord record = SdfRecord.read(lines); record != null; record = SdfRecord.read(lines)) {
                names.addAll(record.fields().keySet());
            }
        }
        return new ArrayList<>(names);
    }

    /** The rows of a file. */
    private static final class Rows implements Supply.Source<Row> {
        private final Piece piece;
        private final List<String> fields;
        private final Lines lines;

        Rows(Piece piece, List<String> fields, Configuration configuration) throws IOException {
            this.piece = piece;
            this.fields = fields;
            this.lines = new Lines(piece, configuration);
        }

        @Override
        public @Nullable Row next() throws IOException {
            SdfRecord record = SdfRecord.read(lines);
            if (record == null) {
                return null;
            }
            List<@Nullable String> folders = piece.file().cells();
            @Nullable Object[] cells = new Object[2 + fields.size() + folders.size()];
            cells[0] = Molfile.smiles(record.molfile()).orElse(null);
            cells[1] = record.name().isEmpty() ? null : record.name();
            for (int k = 0; k < fields.size(); k++) {
                cells[2 + k] = record.fields().get(fields.get(k));
            }
            for (int k = 0; k < folders.size(); k++) {
                cells[2 + fields.size() + k] = folders.get(k);
            }
            return RowFactory.create(cells);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
