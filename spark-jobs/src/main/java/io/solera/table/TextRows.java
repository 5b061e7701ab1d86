package io.solera.table;

import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.table.file.Dialect;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TextEncoding;
import io.solera.table.file.TextFile;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Reads pieces of files in tasks, in their order. */
final class TextRows {
    /** Number of files that are examined without a Spark job. */
    private static final int FEW = 16;

    /** Reads a piece. */
    interface Reader<T> extends Serializable {
        Supply.Source<T> open(Piece piece, Configuration configuration) throws IOException;
    }

    /** Examines a file. */
    interface Look<A, T> extends Serializable {
        T at(A file, Configuration configuration) throws IOException;
    }

    private TextRows() {}

    static <T> JavaRDD<T> of(SparkSession session, List<List<Piece>> tasks, Reader<T> reader) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        return spark.parallelize(tasks, Math.max(1, tasks.size()))
                .flatMap(pieces -> new Pieces<>(
                        pieces.iterator(), reader, configuration.value().value()));
    }

    /** Examines each of some items, on the driver or, for many, in tasks. */
    static <A, T> List<T> each(SparkSession session, List<A> things, int few, Look<A, T> look) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        if (things.size() <= few) {
            List<T> found = new ArrayList<>();
            for (A thing : things) {
                found.add(look.at(thing, spark.hadoopConfiguration()));
            }
            return found;
        }
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        int tasks = Math.min(things.size(), 4 * Slots.of(spark, 0).spread());
        return Described.more(
                spark.sc(),
                ": looking at files",
                () -> spark.parallelize(things, tasks)
                        .map(thing -> look.at(thing, configuration.value().value()))
                        .collect());
    }

    /** The dialects of files; reports recognised encodings. */
    static List<Dialect> dialects(SparkSession session, List<TableFile> files, TextOptions options) throws IOException {
        List<Dialect> dialects =
                each(session, files, (file, configuration) -> TextFile.dialect(file, options, configuration));
        say(files, dialects);
        return dialects;
    }

    /** Reports recognised encodings on standard error. */
    static void say(List<TableFile> files, List<Dialect> dialects) {
        TextEncoding.notes(files, dialects).forEach(note -> System.err.println("solera: " + note));
    }

    static <A, T> List<T> each(SparkSession session, List<A> things, Look<A, T> look) throws IOException {
        return each(session, things, FEW, look);
    }

    /** The rows of some pieces, opened sequentially. */
    private static final class Pieces<T> implements Iterator<T> {
        private final Iterator<Piece> pieces;
        private final Reader<T> reader;
        private final Configuration configuration;
        private Iterator<T> now = List.<T>of().iterator();

        Pieces(Iterator<Piece> pieces, Reader<T> reader, Configuration configuration) {
            this.pieces = pieces;
            this.reader = reader;
            this.configuration = configuration;
        }

        @Override
        public boolean hasNext() {
            while (!now.hasNext() && pieces.hasNext()) {
                try {
                    now = new Supply<>(reader.open(pieces.next(), configuration));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return now.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return now.next();
        }
    }
}
