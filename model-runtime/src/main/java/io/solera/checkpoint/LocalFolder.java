package io.solera.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder on a local disk. */
public record LocalFolder(Path path) implements Folder {
    @Override
    public InputStream open(String name) throws IOException {
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("Cannot open %s: there is no such file".formatted(file));
        }
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        Files.createDirectories(path);
        return new BufferedOutputStream(Files.newOutputStream(path.resolve(name)), 1 << 16);
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(path.resolve(name));
    }

    @Override
    public String location() {
        return path.toString();
    }
}
