package io.solera.checkpoint.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A flat folder of named files, wherever it lies; implemented for local disks here and for Hadoop file systems by the jobs. */
public interface Folder {
    /** @throws java.io.FileNotFoundException naming the file, when there is none of that name */
    InputStream open(String name) throws IOException;

    /** Creates a file; an existing one of that name is replaced. */
    OutputStream create(String name) throws IOException;

    /** @throws MalformedModelException when what has that name leads out of the folder, or is a pipe or a device */
    boolean exists(String name) throws IOException;

    /** Bytes of a file. */
    long size(String name) throws IOException;

    /** Where the folder is, for messages. */
    String location();

    /** @throws MalformedModelException unless a name is that of a file in a folder: no path, and not the folder itself */
    static String plain(String name) throws MalformedModelException {
        boolean path = name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ');
        if (path || name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new MalformedModelException(
                    "Cannot read file %s of a folder: it is a path (must be a plain name)".formatted(Json.shown(name)));
        }
        return name;
    }
}
