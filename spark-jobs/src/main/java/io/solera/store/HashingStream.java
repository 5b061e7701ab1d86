package io.solera.store;

import io.solera.lang.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that hashes and counts what is written through it, so that a file is not read again for its hash. */
class HashingStream extends FilterOutputStream {
    private final Sha256 hash;
    private long bytes;

    HashingStream(OutputStream file) {
        this(file, new Sha256());
    }

    private HashingStream(OutputStream file, Sha256 hash) {
        super(hash.writing(file));
        this.hash = hash;
    }

    /** What was written, as a file of this name; once, at the end. */
    StoredFile file(String name) {
        return new StoredFile(name, bytes, hash.hex());
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
}
