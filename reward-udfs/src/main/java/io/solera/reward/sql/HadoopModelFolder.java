package io.solera.reward.sql;

import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.LocalFile;
import io.solera.checkpoint.file.MalformedModelException;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a model on any Hadoop file system; read-only. */
public record HadoopModelFolder(FileSystem files, Path path) implements Folder {
    @Override
    public InputStream open(String name) throws IOException {
        try {
            return new BufferedInputStream(files.open(found(name).getPath()), 1 << 16);
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException("Cannot open %s/%s: no such file".formatted(location(), name));
        }
    }

    @Override
    public OutputStream create(String name) throws IOException {
        throw new IOException("Cannot write %s/%s: the model is read-only".formatted(location(), name));
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

    /** A file in the folder itself: links out of it are refused, on HDFS all links. */
    private FileStatus found(String name) throws IOException {
        if ("file".equals(path.toUri().getScheme())) {
            java.nio.file.Path file = LocalFile.find(
                            java.nio.file.Path.of(path.toUri().getPath()), name)
                    .orElseThrow(() -> new FileNotFoundException(name));
            return files.getFileStatus(new Path(file.toUri()));
        }
        FileStatus status = files.getFileLinkStatus(new Path(path, Folder.plain(name)));
        if (status.isSymlink()) {
            throw new MalformedModelException(
                    "Cannot read %s/%s: it is a link (copy the file into the folder)".formatted(location(), name));
        }
        return status;
    }

    @Override
    public String location() {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }
}
