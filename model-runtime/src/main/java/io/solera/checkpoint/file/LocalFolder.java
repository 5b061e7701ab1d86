package io.solera.checkpoint.file;

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
        return new BufferedInputStream(Files.newInputStream(file(name)), 1 << 16);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        Files.createDirectories(path);
        return new BufferedOutputStream(Files.newOutputStream(path.resolve(name)), 1 << 16);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return LocalFile.find(path, name).isPresent();
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(file(name));
    }

    @Override
    public String location() {
        return path.toString();
    }

    private Path file(String name) throws IOException {
        return LocalFile.find(path, name)
                .orElseThrow(
                        () -> new FileNotFoundException("Cannot open %s: no such file".formatted(path.resolve(name))));
    }
}
