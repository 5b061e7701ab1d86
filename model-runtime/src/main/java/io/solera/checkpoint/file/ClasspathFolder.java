package io.solera.checkpoint.file;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;

/** A folder that ships inside a jar; it is only read. */
public record ClasspathFolder(String path) implements Folder {
    @Override
    public InputStream open(String name) throws IOException {
        InputStream in = ClasspathFolder.class.getClassLoader().getResourceAsStream(path + "/" + name);
        if (in == null) {
            throw new FileNotFoundException(
                    "Cannot open %s/%s: it does not ship with this program".formatted(path, name));
        }
        return new BufferedInputStream(in, 1 << 16);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        throw new IOException("Cannot write %s/%s: it is part of this program".formatted(path, name));
    }

    @Override
    public boolean exists(String name) {
        return ClasspathFolder.class.getClassLoader().getResource(path + "/" + name) != null;
    }

    @Override
    public long size(String name) throws IOException {
        URL file = ClasspathFolder.class.getClassLoader().getResource(path + "/" + name);
        return file == null ? -1 : file.openConnection().getContentLengthLong();
    }

    @Override
    public String location() {
        return path;
    }
}
