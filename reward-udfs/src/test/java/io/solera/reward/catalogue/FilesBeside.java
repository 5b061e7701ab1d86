package io.solera.reward.catalogue;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Resources for rewards that need nothing but files, which lie beside a test. */
public record FilesBeside(Class<?> test) implements Resources {
    static final Resources FILES = new FilesBeside(FilesBeside.class);

    @Override
    public Policy policy(String name) throws IOException {
        throw new FileNotFoundException("no model " + name);
    }

    @Override
    public Folder folder(String path) throws IOException {
        throw new FileNotFoundException("no folder " + path);
    }

    @Override
    public InputStream open(String path) throws IOException {
        InputStream file = test.getResourceAsStream(path);
        if (file == null) {
            throw new FileNotFoundException("no file " + path);
        }
        return file;
    }
}
