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
 * The molecules or proteins that a policy was trained on, as sorted 64-bit hashes of their canonical texts, big-endian
 * in a file of the model folder. Two texts share a hash with a chance of 2^-64, so novelty is known to within that.
 */
public final class KnownSamples {
    private final SampleKind kind;
    private final long[] hashes;

    private KnownSamples(SampleKind kind, long[] hashes) {
        this.kind = kind;
        this.hashes = hashes;
    }

    /** @param canonical texts as {@link SampleKind#canonical} writes them */
    public static KnownSamples of(SampleKind kind, Stream<String> canonical) {
        return new KnownSamples(
                kind, canonical.mapToLong(Molecules::hash).sorted().distinct().toArray());
    }

    /** None. */
    public static KnownSamples none() {
        return new KnownSamples(SampleKind.TEXTS, new long[0]);
    }

    /** These and others of the same kind. */
    public KnownSamples and(KnownSamples others) {
        return new KnownSamples(
                kind,
                LongStream.concat(Arrays.stream(hashes), Arrays.stream(others.hashes))
                        .sorted()
                        .distinct()
                        .toArray());
    }

    /** Those of a model folder; none where it does not say. */
    public static KnownSamples read(Folder folder) throws IOException {
        for (SampleKind kind : SampleKind.MEASURED) {
            if (folder.exists(kind.knownFile())) {
                return new KnownSamples(kind, hashes(folder, kind.knownFile()));
            }
        }
        return none();
    }

    private static long[] hashes(Folder folder, String file) throws IOException {
        byte[] bytes;
        try (DataInputStream in = new DataInputStream(folder.open(file))) {
            bytes = in.readAllBytes();
        }
        if (bytes.length % Long.BYTES != 0) {
            throw new MalformedModelException("Cannot read %s/%s: its %d bytes are no whole number of hashes"
                    .formatted(folder.location(), file, bytes.length));
        }
        long[] hashes = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
        return hashes;
    }

    public void write(Folder folder) throws IOException {
        try (OutputStream out = folder.create(kind.knownFile());
                DataOutputStream data = new DataOutputStream(out)) {
            for (long hash : hashes) {
                data.writeLong(hash);
            }
        }
    }

    public SampleKind kind() {
        return kind;
    }

    public boolean contains(String canonical) {
        return Arrays.binarySearch(hashes, Molecules.hash(canonical)) >= 0;
    }

    public boolean isEmpty() {
        return hashes.length == 0;
    }

    public int size() {
        return hashes.length;
    }
}
