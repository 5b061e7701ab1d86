package io.solera.store;

import io.solera.checkpoint.file.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * A folder whose new files are hashed while they are written, so that none is read again for its hash.
 *
 * @param prefix of the names under which hashes are noted
 * @param files what was written so far, by name
 */
record HashingFolder(Folder folder, String prefix, Map<String, StoredFile> files) implements Folder {
    @Override
    public InputStream open(String name) throws IOException {
        return folder.open(name);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        files.remove(prefix + name);
        return new Noting(folder.create(name), prefix + name);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return folder.exists(name);
    }

    @Override
    public long size(String name) throws IOException {
        return folder.size(name);
    }

    @Override
    public String location() {
        return folder.location();
    }

    /** Notes the hash of a file when it is closed. */
    private final class Noting extends HashingStream {
        private final String name;

        Noting(OutputStream file, String name) {
            super(file);
            this.name = name;
        }

        @Override
        public void close() throws IOException {
            super.close();
            files.computeIfAbsent(name, this::file);
        }
    }
}
