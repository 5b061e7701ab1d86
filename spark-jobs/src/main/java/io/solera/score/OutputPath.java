package io.solera.score;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where a command writes its result, checked before it does any work. */
public final class OutputPath {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final FileSystem files;
    private final Path path;

    /** What goes into a file. */
    public interface Body {
        void write(OutputStream out) throws IOException;
    }

    private OutputPath(String name, FileSystem files, Path path) {
        this.name = name;
        this.files = files;
        this.path = path;
    }

    /** @throws IllegalArgumentException when something is there and may not be overwritten, or nothing can be there */
    public static OutputPath of(String name, Configuration configuration, boolean overwrite) throws IOException {
        Path path = new Path(name);
        FileSystem files = path.getFileSystem(configuration);
        path = files.makeQualified(path);
        if (files.exists(path) && !overwrite) {
            throw new IllegalArgumentException(
                    "Cannot write %s: it exists (give another --output, or --overwrite)".formatted(name));
        }
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (files.exists(folder)) {
                FileStatus status = files.getFileStatus(folder);
                if (!status.isDirectory()) {
                    throw new IllegalArgumentException("Cannot write %s: %s is no folder".formatted(name, folder));
                }
                break;
            }
        }
        return new OutputPath(name, files, path);
    }

    FileSystem files() {
        return files;
    }

    Path path() {
        return path;
    }

    public String name() {
        return name;
    }

    /** Whether it lies on the disk of the driver. */
    public boolean local() {
        return files.getUri().getScheme().equals("file");
    }

    public boolean isSameAs(String other, Configuration configuration) throws IOException {
        Path given = new Path(other);
        return path.equals(given.getFileSystem(configuration).makeQualified(given));
    }

    /** Writes one file; on a local disk it appears when it is whole. */
    public void write(Body body) throws IOException {
        if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            throw new IllegalArgumentException(
                    "Cannot write %s: it is a folder (give another --output)".formatted(name));
        }
        if (!local()) {
            try (OutputStream out = new BufferedOutputStream(files.create(path, true), BUFFER)) {
                body.write(out);
            }
            return;
        }
        java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
        java.nio.file.Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        java.nio.file.Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), BUFFER)) {
                body.write(out);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
