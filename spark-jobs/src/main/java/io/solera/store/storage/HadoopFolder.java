package io.solera.store.storage;

import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.LocalFile;
import io.solera.checkpoint.file.MalformedModelException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A folder on any Hadoop file system: {@code file:}, {@code hdfs:}, {@code s3a:}, {@code gs:}, {@code abfss:}. */
public final class HadoopFolder implements Folder {
    private static final int BUFFER = 1 << 16;

    private final Storage storage;
    private final Path path;

    public HadoopFolder(Storage storage, Path path) {
        this.storage = storage;
        this.path = path;
    }

    /** @param uri a URI, or a path on the default file system */
    public static HadoopFolder of(String uri, Configuration configuration) throws IOException {
        Storage storage = Storage.of(StoragePath.of(uri), configuration);
        return new HadoopFolder(storage, storage.root());
    }

    @Override
    public InputStream open(String name) throws IOException {
        Path file = new Path(path, name);
        try {
            return new BufferedInputStream(storage.files().open(found(name).getPath()), BUFFER);
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException("Cannot open %s: there is no such file".formatted(storage.shown(file)));
        }
    }

    @Override
    public OutputStream create(String name) throws IOException {
        return new BufferedOutputStream(storage.files().create(new Path(path, name), true), BUFFER);
    }

    /** Puts a text in the place of a file, at once; a link of that name is replaced, and not followed. */
    public void replace(String name, String text) throws IOException {
        storage.replace(new Path(path, name), Content.of(text));
    }

    @Override
    public boolean exists(String name) throws IOException {
        try {
            return found(name).isFile();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public long size(String name) throws IOException {
        return found(name).getLen();
    }

    /** Of a file in the folder itself: links out of it are refused, on HDFS every link. */
    private FileStatus found(String name) throws IOException {
        if ("file".equals(path.toUri().getScheme())) {
            java.nio.file.Path file = LocalFile.find(
                            java.nio.file.Path.of(path.toUri().getPath()), name)
                    .orElseThrow(() -> new FileNotFoundException(name));
            return storage.files().getFileStatus(new Path(file.toUri()));
        }
        FileStatus status = storage.files().getFileLinkStatus(new Path(path, Folder.plain(name)));
        if (status.isSymlink()) {
            throw new MalformedModelException("Cannot read %s: it is a link (copy the file into the folder)"
                    .formatted(storage.shown(status.getPath())));
        }
        return status;
    }

    @Override
    public String location() {
        return storage.shown(path);
    }

    public Path path() {
        return path;
    }
}
