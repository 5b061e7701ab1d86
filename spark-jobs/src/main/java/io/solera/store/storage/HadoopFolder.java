package io.solera.store.storage;

import io.solera.checkpoint.file.Folder;
import io.solera.reward.sql.HadoopModelFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A folder on any Hadoop file system: {@code file:}, {@code hdfs:}, {@code s3a:}, {@code gs:}, {@code abfss:}. */
public final class HadoopFolder implements Folder {
    private static final int BUFFER = 1 << 16;

    private final Storage storage;
    private final Path path;
    private final HadoopModelFolder reading;

    public HadoopFolder(Storage storage, Path path) {
        this.storage = storage;
        this.path = path;
        reading = new HadoopModelFolder(storage.files(), path);
    }

    /** @param uri a URI, or a path on the default file system */
    public static HadoopFolder of(String uri, Configuration configuration) throws IOException {
        Storage storage = Storage.of(StoragePath.of(uri), configuration);
        return new HadoopFolder(storage, storage.root());
    }

    @Override
    public InputStream open(String name) throws IOException {
        return reading.open(name);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        return new BufferedOutputStream(storage.create(new Path(path, name)), BUFFER);
    }

    /** Atomically replaces a file with a text; a link of that name is replaced, not followed. */
    public void replace(String name, String text) throws IOException {
        storage.replace(new Path(path, name), Content.of(text));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return reading.exists(name);
    }

    @Override
    public long size(String name) throws IOException {
        return reading.size(name);
    }

    @Override
    public String location() {
        return storage.shown(path);
    }
}
