package io.solera.reward.sql;

import io.solera.checkpoint.Folder;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a model on any Hadoop file system; it is only read. */
record HadoopModelFolder(FileSystem files, Path path) implements Folder {
    @Override
    public InputStream open(String name) throws IOException {
        try {
            return new BufferedInputStream(files.open(new Path(path, name)), 1 << 16);
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException("Cannot open %s/%s: there is no such file".formatted(location(), name));
        }
    }

    @Override
    public OutputStream create(String name) throws IOException {
        throw new IOException("Cannot write %s/%s: the model is only read".formatted(location(), name));
    }

    @Override
    public boolean exists(String name) throws IOException {
        try {
            return files.getFileStatus(new Path(path, name)).isFile();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public String location() {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }
}
