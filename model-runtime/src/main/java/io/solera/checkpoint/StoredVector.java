package io.solera.checkpoint;

import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A vector that stays in safetensors files, and of which a block at a time is read: the tensors of a model in the order
 * of its layout, or one vector of a file. It can be sent to whoever can read the files.
 */
public final class StoredVector implements Blocks, Serializable {
    private static final long serialVersionUID = 1;

    private final Source source;
    private final List<Piece> pieces;
    private final long size;
    private final String location;
    private final @Nullable List<Long> checksums;

    /** Reads bytes of a file from a position on, wherever this object was sent to. */
    @FunctionalInterface
    public interface Source extends Serializable {
        void read(String file, long position, byte[] into) throws IOException;
    }

    /**
     * Numbers that follow each other in a file and in the vector.
     *
     * @param position of the first one in the file, in bytes
     * @param offset of the first one in the vector
     */
    record Piece(String file, long position, Dtype dtype, long offset, long size) implements Serializable {
        private boolean continues(Piece before) {
            return file.equals(before.file)
                    && dtype == before.dtype
                    && offset == before.offset + before.size
                    && position == before.position + dtype.bytes * before.size;
        }
    }

    private StoredVector(
            Source source, List<Piece> pieces, long size, String location, @Nullable List<Long> checksums) {
        this.source = source;
        this.pieces = pieces;
        this.size = size;
        this.location = location;
        this.checksums = checksums;
    }

    /**
     * @param pieces in any order, which together are the vector
     * @param location of the files, for messages
     */
    static StoredVector of(Source source, List<Piece> pieces, String location) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece :
                pieces.stream().sorted(Comparator.comparingLong(Piece::offset)).toList()) {
            Piece last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && piece.continues(last)) {
                joined.set(
                        joined.size() - 1,
                        new Piece(last.file, last.position, last.dtype, last.offset, last.size + piece.size));
            } else {
                joined.add(piece);
            }
        }
        long size = pieces.stream().mapToLong(Piece::size).sum();
        return new StoredVector(source, List.copyOf(joined), size, location, null);
    }

    /**
     * The {@code size} numbers from the start of a tensor of float32 on, which may go on in the tensors after it.
     *
     * @param in the file from its beginning
     * @throws MalformedModelException if the file is damaged, or has no such tensor
     */
    public static StoredVector of(Source source, String file, InputStream in, String tensor, long size)
            throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(new DataInputStream(in), file);
        long position = header.tensors().stream()
                .filter(stored -> stored.name().equals(tensor) && stored.dtype().equals(Dtype.F32.name()))
                .findFirst()
                .map(stored -> header.length() + stored.start())
                .orElseThrow(() -> new MalformedModelException(
                        "Cannot read %s: tensor %s is missing, or not of F32".formatted(file, tensor)));
        return of(source, List.of(new Piece(file, position, Dtype.F32, 0, size)), file);
    }

    /** Refuses a block of a file. */
    interface Check {
        void of(int b, float[] block) throws MalformedModelException;
    }

    /** The same, after a check of each block, which from here on fails where the files are not what they are now. */
    StoredVector checked(Check check) throws MalformedModelException {
        List<Long> sums = new ArrayList<>();
        for (int b = 0; b < blocks(); b++) {
            float[] block = block(b);
            check.of(b, block);
            sums.add(checksum(block));
        }
        return new StoredVector(source, pieces, size, location, List.copyOf(sums));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public float[] block(int b) {
        long first = (long) b * BlockVector.BLOCK_SIZE;
        float[] block = new float[(int) Math.min(BlockVector.BLOCK_SIZE, size - first)];
        for (Piece piece : pieces) {
            long from = Math.max(first, piece.offset);
            long to = Math.min(first + block.length, piece.offset + piece.size);
            if (from < to) {
                read(piece, from - piece.offset, block, (int) (from - first), (int) (to - from));
            }
        }
        if (checksums != null && checksum(block) != checksums.get(b)) {
            throw new UncheckedIOException(new MalformedModelException(
                    "Cannot read %s: it was changed since the run began (put the model back, and resume)"
                            .formatted(location)));
        }
        return block;
    }

    private void read(Piece piece, long start, float[] into, int at, int count) {
        byte[] bytes = new byte[piece.dtype.bytes * count];
        try {
            source.read(piece.file, piece.position + piece.dtype.bytes * start, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(piece.file, e.getMessage()), e);
        }
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (piece.dtype == Dtype.F32) {
            values.asFloatBuffer().get(into, at, count);
        } else {
            for (int k = at; k < at + count; k++) {
                into[k] = piece.dtype.read(values);
            }
        }
    }

    private static long checksum(float[] block) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * block.length);
        bytes.asFloatBuffer().put(block);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
