package io.solera.train.evaluation;

import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The molecules that a policy was trained on, as sorted 64-bit hashes of their canonical SMILES: {@code
 * known-molecules.bin} in a model folder, big-endian. Two molecules share a hash with a chance of 2^-64, so novelty is
 * told to within that.
 */
public final class KnownMolecules {
    public static final String FILE = "known-molecules.bin";
    private static final KnownMolecules NONE = new KnownMolecules(new long[0]);

    private final long[] hashes;

    private KnownMolecules(long[] hashes) {
        this.hashes = hashes;
    }

    /** @param canonical SMILES as {@link Molecules#canonicalSmiles} writes them */
    public static KnownMolecules of(Stream<String> canonical) {
        return new KnownMolecules(
                canonical.mapToLong(Molecules::hash).sorted().distinct().toArray());
    }

    /** These and the others. */
    public KnownMolecules and(KnownMolecules others) {
        return new KnownMolecules(LongStream.concat(Arrays.stream(hashes), Arrays.stream(others.hashes))
                .sorted()
                .distinct()
                .toArray());
    }

    /** Those of a model folder; none where it does not say. */
    public static KnownMolecules read(Folder folder) throws IOException {
        if (!folder.exists(FILE)) {
            return NONE;
        }
        byte[] bytes;
        try (DataInputStream in = new DataInputStream(folder.open(FILE))) {
            bytes = in.readAllBytes();
        }
        if (bytes.length % Long.BYTES != 0) {
            throw new MalformedModelException("Cannot read %s/%s: its %d bytes are no whole number of hashes"
                    .formatted(folder.location(), FILE, bytes.length));
        }
        long[] hashes = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
        return new KnownMolecules(hashes);
    }

    public void write(Folder folder) throws IOException {
        try (OutputStream out = folder.create(FILE);
                DataOutputStream data = new DataOutputStream(out)) {
            for (long hash : hashes) {
                data.writeLong(hash);
            }
        }
    }

    public boolean contains(String canonicalSmiles) {
        return Arrays.binarySearch(hashes, Molecules.hash(canonicalSmiles)) >= 0;
    }

    public boolean isEmpty() {
        return hashes.length == 0;
    }

    public int size() {
        return hashes.length;
    }
}
