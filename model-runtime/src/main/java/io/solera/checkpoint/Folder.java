package io.solera.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A flat folder of named files, wherever it lies; implemented for local disks here and for Hadoop file systems by the jobs. */
public interface Folder {
    /** @throws java.io.FileNotFoundException naming the file, when there is none of that name */
    InputStream open(String name) throws IOException;

    /** Creates a file; an existing one of that name is replaced. */
    OutputStream create(String name) throws IOException;

    boolean exists(String name) throws IOException;

    /** Where the folder is, for messages. */
    String location();
}
