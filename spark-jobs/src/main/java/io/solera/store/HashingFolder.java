package io.solera.store;

import io.solera.checkpoint.file.Folder;
import io.solera.lang.Sha256;
import java.io.FilterOutputStream;
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
        return new Hashing(folder.create(name), prefix + name, new Sha256());
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
    private final class Hashing extends FilterOutputStream {
        private final Sha256 hash;
        private final String name;
        private long bytes;

        Hashing(OutputStream file, String name, Sha256 hash) {
            super(hash.writing(file));
            this.name = name;
            this.hash = hash;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            out.write(b, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            super.close();
            files.computeIfAbsent(name, key -> new StoredFile(key, bytes, hash.hex()));
        }
    }
}
