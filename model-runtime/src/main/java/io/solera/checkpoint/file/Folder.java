package io.solera.checkpoint.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A flat folder of named files, wherever it is stored; implemented here for local disks and by the jobs for Hadoop file
 * systems.
 */
public interface Folder {
    /** @throws java.io.FileNotFoundException naming the file, if there is none of that name */
    InputStream open(String name) throws IOException;

    /** Creates a file, or replaces the existing one of that name. */
    OutputStream create(String name) throws IOException;

    /** @throws MalformedModelException if it is a link out of the folder, a pipe or a device */
    boolean exists(String name) throws IOException;

    /** Bytes of a file. */
    long size(String name) throws IOException;

    /** Where the folder is, for messages. */
    String location();

    /** @throws MalformedModelException unless the name is a plain file name: not a path, and not the folder itself */
    static String plain(String name) throws MalformedModelException {
        boolean path = name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ');
        if (path || name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new MalformedModelException(
                    "Cannot read file %s of a folder: it is a path (must be a plain name)".formatted(Json.shown(name)));
        }
        return name;
    }
}
