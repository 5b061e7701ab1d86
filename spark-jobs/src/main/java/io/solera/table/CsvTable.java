package io.solera.table;

import io.solera.table.file.ByteSource;
import io.solera.table.file.CsvRecords;
import io.solera.table.file.CsvStates;
import io.solera.table.file.MalformedRowException;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TextFile;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A table of one or more CSV files, with columns matched by name. All cells are texts. */
final class CsvTable {
    private CsvTable() {}

    /** @param length of the pieces of large files */
    static Dataset<Row> read(SparkSession spark, List<TableFile> files, TextOptions options, long length)
            throws IOException {
        List<CsvHead> heads =
                TextRows.each(spark, files, (file, configuration) -> CsvHead.read(file, options, configuration))
                        .stream()
                        .filter(head -> !head.columns().isEmpty())
                        .toList();
        if (heads.isEmpty()) {
            return spark.emptyDataFrame();
        }
        TextRows.say(
                heads.stream().map(CsvHead::file).toList(),
                heads.stream().map(CsvHead::dialect).toList());
        CsvHead first = heads.get(0);
        List<String> columns = new ArrayList<>(first.columns());
        columns.addAll(first.file().folders());
        CsvHead.requireDifferent(first.file().shown(), columns);
        HashMap<String, int[]> places = new HashMap<>();
        List<Piece> pieces = new ArrayList<>();
        for (CsvHead head : heads) {
            places.put(head.file().path(), head.places(first));
            pieces.addAll(Piece.of(head.file(), head.dialect(), length));
        }
        List<Piece> known = withStates(spark, pieces);
        Reader reader = new Reader(places);
        return spark.createDataFrame(TextRows.of(spark, Piece.tasks(known, length), reader), Tables.texts(columns));
    }

    /** Large files are scanned once by all tasks, for the state at the start of each piece. */
    private static List<Piece> withStates(SparkSession spark, List<Piece> pieces) throws IOException {
        List<Piece> large =
                pieces.stream().filter(piece -> piece.end() != Long.MAX_VALUE).toList();
        List<int[]> after = TextRows.each(spark, large, 0, CsvTable::after);
        List<Piece> known = new ArrayList<>();
        int place = 0;
        int state = CsvStates.START;
        for (Piece piece : pieces) {
            if (piece.end() == Long.MAX_VALUE) {
                known.add(piece);
                continue;
            }
            state = piece.begin() == 0 ? CsvStates.START : state;
            known.add(piece.at(state));
            state = after.get(place++)[state];
        }
        return known;
    }

    private static int[] after(Piece piece, Configuration configuration) throws IOException {
        try (InputStream in = TextFile.open(piece.file(), piece.dialect(), piece.begin(), configuration)) {
            long begin = Math.max(piece.begin(), piece.dialect().mark());
            return CsvStates.after(in, piece.end() - begin, piece.dialect().separator());
        }
    }

    /** @param places for each file path, the indices in its rows of the table's columns */
    private record Reader(HashMap<String, int[]> places) implements TextRows.Reader<Row>, Serializable {
        @Override
        public Supply.Source<Row> open(Piece piece, Configuration configuration) throws IOException {
            return new Rows(piece, places(piece), configuration);
        }

        private int[] places(Piece piece) {
            Map<String, int[]> known = places;
            return Objects.requireNonNull(known.get(piece.file().path()));
        }
    }

    /** The rows of a piece. */
    private static final class Rows implements Supply.Source<Row> {
        private final Piece piece;
        private final int[] places;
        private final Configuration configuration;
        private final CsvRecords records;
        private final List<@Nullable String> folders;

        Rows(Piece piece, int[] places, Configuration configuration) throws IOException {
            this.piece = piece;
            this.places = places;
            this.configuration = configuration;
            this.folders = piece.file().cells();
            this.records = records(piece, configuration);
            try {
                if (piece.begin() == 0) {
                    records.next();
                } else if (piece.state() != CsvStates.BROKEN) {
                    records.skip(piece.state());
                }
            } catch (MalformedRowException e) {
                throw at(e);
            }
        }

        private static CsvRecords records(Piece piece, Configuration configuration) throws IOException {
            InputStream in = TextFile.open(piece.file(), piece.dialect(), piece.begin(), configuration);
            long begin = Math.max(
                    piece.begin(), piece.dialect().direct() ? piece.dialect().mark() : 0);
            return new CsvRecords(
                    new ByteSource(in, begin),
                    piece.dialect().separator(),
                    piece.dialect().read());
        }

        @Override
        public @Nullable Row next() throws IOException {
            if (piece.state() == CsvStates.BROKEN) {
                return null;
            }
            try {
                List<@Nullable String> cells = records.next();
                while (cells != null && places.length > 1 && CsvHead.blank(cells)) {
                    records.uncount();
                    cells = records.next();
                }
                if (cells == null || records.begin() > piece.end()) {
                    return null;
                }
                if (cells.size() != places.length) {
                    throw records.problem(
                            ("it has %d cells, and the header %d (put cells with a %s in quotes, or name the separator "
                                            + "with --separator)")
                                    .formatted(
                                            cells.size(),
                                            places.length,
                                            piece.dialect().separator() == '\t'
                                                    ? "tab"
                                                    : String.valueOf(
                                                            piece.dialect().separator())));
                }
                @Nullable Object[] row = new Object[places.length + folders.size()];
                for (int k = 0; k < places.length; k++) {
                    row[k] = cells.get(places[k]);
                }
                for (int k = 0; k < folders.size(); k++) {
                    row[places.length + k] = folders.get(k);
                }
                return RowFactory.create(row);
            } catch (MalformedRowException e) {
                throw at(e);
            }
        }

        /** With the position in the file, which is only counted now. */
        private MalformedTableException at(MalformedRowException problem) throws IOException {
            if (piece.begin() == 0) {
                return problem.in(piece.file().shown(), -1, 0);
            }
            Piece before = new Piece(piece.file(), piece.dialect(), 0, piece.begin(), CsvStates.START);
            try (CsvRecords earlier = records(before, configuration)) {
                earlier.next();
                long rows = 0;
                long lines = earlier.lines();
                while (true) {
                    List<@Nullable String> cells = earlier.next();
                    if (cells == null || earlier.begin() > piece.begin()) {
                        return problem.in(piece.file().shown(), rows, lines);
                    }
                    rows += places.length > 1 && CsvHead.blank(cells) ? 0 : 1;
                    lines = earlier.lines();
                }
            } catch (MalformedRowException e) {
                return problem.in(piece.file().shown(), 0, 0);
            }
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
