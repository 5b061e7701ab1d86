package io.solera.store.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows as one Parquet file with the types that Spark's own writer gives them, compressed by Snappy. A row group
 * is held in memory, at most 128 MiB.
 */
public final class ParquetRows {
    private ParquetRows() {}

    /** Leaves the stream open. */
    public static void write(OutputStream out, StructType schema, Iterator<Row> rows) throws IOException {
        try (ParquetWriter<Row> writer = new Builder(new Target(out), schema).build()) {
            while (rows.hasNext()) {
                writer.write(rows.next());
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final StructType schema;

        Builder(OutputFile file, StructType schema) {
            super(file);
            this.schema = schema;
            withConf(new Configuration(false));
            withCompressionCodec(CompressionCodecName.SNAPPY);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // the newer one is not in the Parquet of Spark 3.5
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new RowSupport(schema);
        }
    }

    /** A stream that somebody else opened, as Parquet's library wants a file to be. */
    private record Target(OutputStream out) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new Positioned(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return new Positioned(out);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Positioned extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        Positioned(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            out.write(b, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
