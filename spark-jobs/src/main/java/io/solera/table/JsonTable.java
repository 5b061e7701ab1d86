package io.solera.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.solera.table.file.Dialect;
import io.solera.table.file.Lines;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TextFile;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Files of JSON objects: one per line, which many tasks read, or else one after the other or in an array, told from the first line of each.
 * Every object is checked here, two members of one name among it; Spark finds the types of the columns.
 */
final class JsonTable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // no message quotes what a file holds
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // as Python writes them
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonTable() {}

    private record Head(Dialect dialect, boolean lines, ArrayList<String> names) implements Serializable {
        /** A file of lines is one whose first line with anything on it is a whole object. */
        static Head read(TableFile file, TextOptions options, Configuration configuration) throws IOException {
            Dialect dialect = TextFile.dialect(file, options, configuration);
            Piece piece = Piece.whole(file, dialect);
            try (Lines lines = new Lines(piece, configuration)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    if (!line.isBlank()) {
                        ArrayList<String> names = new ArrayList<>();
                        try {
                            addNames(line, names);
                            return new Head(dialect, true, names);
                        } catch (JsonProcessingException e) {
                            return new Head(dialect, false, first(piece, configuration));
                        }
                    }
                }
            }
            return new Head(dialect, true, new ArrayList<>());
        }

        private static ArrayList<String> first(Piece piece, Configuration configuration) throws IOException {
            ArrayList<String> names = new ArrayList<>();
            try (Objects objects = new Objects(piece, configuration)) {
                String text = objects.next();
                if (text != null) {
                    addNames(text, names);
                }
            }
            return names;
        }
    }

    static Dataset<Row> read(SparkSession spark, String table, List<TableFile> files, TextOptions options, long length)
            throws IOException {
        List<Head> heads =
                TextRows.each(spark, files, (file, configuration) -> Head.read(file, options, configuration));
        TextRows.say(files, heads.stream().map(Head::dialect).toList());
        List<Piece> pieces = new ArrayList<>();
        Set<String> whole = new TreeSet<>();
        for (int k = 0; k < files.size(); k++) {
            TableFile file = files.get(k);
            Dialect dialect = heads.get(k).dialect;
            if (heads.get(k).lines) {
                pieces.addAll(Piece.of(file, dialect, length));
            } else {
                whole.add(file.path());
                pieces.add(Piece.whole(file, dialect));
            }
        }
        Dataset<String> texts = spark.createDataset(
                TextRows.of(
                                spark,
                                Piece.tasks(pieces, length),
                                (piece, configuration) -> withFolders(
                                        piece,
                                        whole.contains(piece.file().path())
                                                ? new Objects(piece, configuration)
                                                : new ObjectLines(piece, configuration)))
                        .rdd(),
                Encoders.STRING());
        Dataset<Row> rows = spark.read().option("mode", "FAILFAST").json(texts);
        if (rows.columns().length == 0) {
            return rows;
        }
        CsvHead.requireDifferent(table, Arrays.asList(rows.columns()));
        return ordered(rows, heads.get(0).names, files.get(0).folders());
    }

    /** Spark sorts the names of members; here they come as in the first object, and later ones after them. */
    private static Dataset<Row> ordered(Dataset<Row> rows, List<String> first, List<String> folders) {
        List<String> names = new ArrayList<>(first);
        names.retainAll(Arrays.asList(rows.columns()));
        for (String name : rows.columns()) {
            if (!names.contains(name) && !folders.contains(name)) {
                names.add(name);
            }
        }
        names.addAll(folders);
        return rows.select(
                names.stream().map(name -> rows.col(Tables.quoted(name))).toArray(Column[]::new));
    }

    /** Adds the names of the members of an object. */
    private static void addNames(String text, List<String> names) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NoObjectException(parser);
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new NoObjectException(parser);
            }
        }
    }

    /** Objects with members for the folders that their file is in. */
    private static Supply.Source<String> withFolders(Piece piece, Supply.Source<String> objects) {
        List<String> folders = piece.file().folders();
        if (folders.isEmpty()) {
            return objects;
        }
        return new Supply.Source<>() {
            @Override
            public @Nullable String next() throws IOException {
                String text = objects.next();
                if (text == null) {
                    return null;
                }
                List<String> names = new ArrayList<>();
                addNames(text, names);
                StringWriter out = new StringWriter();
                try (JsonGenerator json = JSON.createGenerator(out)) {
                    json.writeStartObject();
                    for (int k = 0; k < folders.size(); k++) {
                        if (names.contains(folders.get(k))) {
                            throw MalformedTableException.of(
                                    piece.file().shown(),
                                    "%s is a member of its objects and of the names of its folders"
                                            .formatted(folders.get(k)));
                        }
                        json.writeStringField(
                                folders.get(k), piece.file().cells().get(k));
                    }
                    json.writeEndObject();
                }
                String added = out.toString();
                return added.substring(0, added.length() - 1)
                        + (names.isEmpty() ? "" : ",")
                        + text.substring(text.indexOf('{') + 1);
            }

            @Override
            public void close() throws IOException {
                objects.close();
            }
        };
    }

    private static final class NoObjectException extends JsonProcessingException {
        NoObjectException(JsonParser parser) {
            super("it must be an object in braces", parser.currentLocation());
        }
    }

    private static final class CutObjectException extends JsonProcessingException {
        CutObjectException(JsonParser parser) {
            super("it ends before its last brace", parser.currentLocation());
        }
    }

    private static String problem(JsonProcessingException e) {
        return "this is no JSON object: %s"
                .formatted(e.getOriginalMessage().replaceAll(" \\(start marker at .*\\)$", ""));
    }

    /** An object per line. */
    private static final class ObjectLines implements Supply.Source<String> {
        private final Lines lines;

        ObjectLines(Piece piece, Configuration configuration) throws IOException {
            lines = new Lines(piece, configuration);
        }

        @Override
        public @Nullable String next() throws IOException {
            for (String line = lines.next(); line != null && !lines.beyond(); line = lines.next()) {
                if (!line.isBlank()) {
                    try {
                        addNames(line, new ArrayList<>());
                    } catch (JsonProcessingException e) {
                        throw lines.problem(problem(e));
                    }
                    return line;
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** Objects one after the other, or in an array. */
    private static final class Objects implements Supply.Source<String> {
        private final Piece piece;
        private final JsonParser parser;
        private boolean inArray;
        private long row;

        Objects(Piece piece, Configuration configuration) throws IOException {
            this.piece = piece;
            this.parser = JSON.createParser(new InputStreamReader(
                    TextFile.open(piece.file(), piece.dialect(), 0, configuration),
                    piece.dialect()
                            .read()
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        }

        @Override
        public @Nullable String next() throws IOException {
            row++;
            try {
                JsonToken token = parser.nextToken();
                if (!inArray && token == JsonToken.START_ARRAY) {
                    inArray = true;
                    token = parser.nextToken();
                }
                if (inArray && token == JsonToken.END_ARRAY) {
                    inArray = false;
                    token = parser.nextToken();
                }
                if (token == null) {
                    return null;
                }
                if (token != JsonToken.START_OBJECT) {
                    throw new NoObjectException(parser);
                }
                StringWriter text = new StringWriter();
                try (JsonGenerator json = JSON.createGenerator(text)) {
                    int depth = 0;
                    do {
                        json.copyCurrentEventExact(parser);
                        JsonToken now = parser.currentToken();
                        depth += now.isStructStart() ? 1 : now.isStructEnd() ? -1 : 0;
                    } while (depth > 0 && parser.nextToken() != null);
                    if (depth > 0) {
                        throw new CutObjectException(parser);
                    }
                }
                return text.toString();
            } catch (JsonProcessingException e) {
                throw MalformedTableException.of(
                        piece.file().shown(),
                        "row %d (line %d): %s"
                                .formatted(row, parser.currentLocation().getLineNr(), problem(e)));
            } catch (CharacterCodingException e) {
                throw MalformedTableException.of(
                        piece.file().shown(),
                        "row %d: its bytes are no %s (say by --encoding how it is written)"
                                .formatted(row, piece.dialect().encoding()));
            }
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
