package io.solera.store;

import io.solera.checkpoint.file.Folder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
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
        return new Hashing(folder.create(name), prefix + name);
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

    private final class Hashing extends FilterOutputStream {
        private final MessageDigest digest = Sha256.digest();
        private final String name;
        private long bytes;

        Hashing(OutputStream out, String name) {
            super(out);
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            digest.update((byte) b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            out.write(b, offset, length);
            digest.update(b, offset, length);
            bytes += length;
        }

        /** Notes the hash of a file that was written whole. */
        @Override
        public void close() throws IOException {
            super.close();
            files.putIfAbsent(name, new StoredFile(name, bytes, HexFormat.of().formatHex(digest.digest())));
        }
    }
}
