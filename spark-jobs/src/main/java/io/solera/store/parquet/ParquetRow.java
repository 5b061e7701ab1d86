package io.solera.store.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.jspecify.annotations.Nullable;

/** A row of a Parquet file while it is read. */
public final class ParquetRow {
    private final Group group;

    private ParquetRow(Group group) {
        this.group = group;
    }

    /** Receives the rows of a file in their order. */
    @FunctionalInterface
    public interface Reader {
        void read(ParquetRow row) throws IOException;
    }

    /** Reads a file, or the files of a folder in the order of their names. */
    public static void each(Path path, Configuration configuration, Reader reader) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        for (Path part : parts(files, path)) {
            try (ParquetReader<Group> rows = ParquetReader.builder(new GroupReadSupport(), part)
                    .withConf(configuration)
                    .build()) {
                for (Group row = rows.read(); row != null; row = rows.read()) {
                    reader.read(new ParquetRow(row));
                }
            }
        }
    }

    public boolean has(String column) {
        return group.getType().containsField(column);
    }

    public long whole(String column) {
        return group.getLong(column, 0);
    }

    /** NaN where there is none. */
    public double number(String column) {
        return isNull(column) ? Double.NaN : group.getDouble(column, 0);
    }

    /** Null where there is none. */
    public @Nullable String text(String column) {
        return isNull(column) ? null : group.getString(column, 0);
    }

    private boolean isNull(String column) {
        return group.getFieldRepetitionCount(column) == 0;
    }

    private static List<Path> parts(FileSystem files, Path path) throws IOException {
        if (files.getFileStatus(path).isFile()) {
            return List.of(path);
        }
        return Arrays.stream(files.listStatus(path))
                .map(FileStatus::getPath)
                .filter(part ->
                        !part.getName().startsWith("_") && !part.getName().startsWith("."))
                .sorted()
                .toList();
    }
}
